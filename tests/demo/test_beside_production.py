"""A demonstration started by a tired operator on production's database touches nothing of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.harness import templates
from tests.harness.templates import ROOT, environment

PERSON = "from attesta.accounts import actions; actions.create(email='real@attesta.example', name='R', language='fr')"


def manage(values: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command], env=values, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_no_demonstration_is_seeded_beside_real_people(tmp_path: Path) -> None:
    database = templates.copy("test", tmp_path)
    try:
        values = environment(ATTESTA_MODE="test", ATTESTA_DATA_DIR=str(tmp_path), ATTESTA_DATABASE_URL=database)
        made = manage(values, "shell", "--no-imports", "-c", PERSON)
        assert made.returncode == 0, made.stderr
        for command in ("prepare-demo", "seed-demo"):
            done = manage(values | {"ATTESTA_MODE": "demonstration"}, command)
            assert done.returncode != 0
            assert "This database holds people of its own" in done.stderr
        count = "from attesta.accounts.models import Person; print(Person.objects.count())"
        assert manage(values, "shell", "--no-imports", "-c", count).stdout == "1\n"
    finally:
        templates.drop(database)
