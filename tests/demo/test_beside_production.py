"""A demonstration started by a tired operator, in production's shell or on its database, touches nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.harness import templates
from tests.harness.server import free_port
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


def test_bin_demo_heeds_nothing_that_the_shell_says_of_production(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    others = {
        "ATTESTA_MODE": "production",
        "ATTESTA_DATABASE_URL": f"sqlite:///{tmp_path}/production.sqlite3",
        "ATTESTA_VAULT_DIR": str(tmp_path / "vault"),
        "ATTESTA_KEYS_DIR": str(tmp_path / "keys"),
        "ATTESTA_STATIC_DIR": str(tmp_path / "static"),
        "ATTESTA_SMTP_URL": "smtp://127.0.0.1:1",
        "ATTESTA_BASE_URL": "https://attesta.example",
    }
    with log.open("wb") as out:
        command = ["bin/demo", "--port", str(port), "--data", str(tmp_path / "own")]
        started = subprocess.Popen(
            command, env=environment(**others), cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
    try:
        end = time.monotonic() + 90
        while "Ctrl-C ends it" not in log.read_text() and started.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        assert "Ctrl-C ends it" in log.read_text()
    finally:
        os.killpg(started.pid, signal.SIGINT)
        started.wait(30)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log", "own"]
