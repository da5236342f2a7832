"""docs/operating.md's steps of a backup and of a restore, run as they stand there, lead to readable documents."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.harness import templates
from tests.house import source

GUIDE = (source.ROOT / "docs/operating.md").read_text()
ISSUE = "from tests.harness import cast; cast.diploma(cast.zoe(), cast.institution())"


def steps(heading: str, database: str) -> str:
    """The lines below a heading: those for every installation, and those for this database."""
    text = GUIDE.split(f"### {heading}\n")[1].split("\n### ")[0]
    parts = re.findall(r"([^\n]+)\n\n```sh\n(.*?)```", text, re.DOTALL)
    other = {"SQLite": "PostgreSQL", "PostgreSQL": "SQLite"}[database]
    return "set -eu\n" + "".join(lines for said, lines in parts if f"With {other}" not in said)


def run(lines: str, values: dict[str, str]) -> str:
    done = subprocess.run(["sh", "-c", lines], env=values, cwd=source.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_trust_38_a_restored_installation_reads_every_document(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    address = templates.copy("test", first)
    kind, anew = "SQLite", ""
    try:
        if address:
            kind, anew = "PostgreSQL", templates.create_database(address)
        values = places(tmp_path, first, address)
        run(f'bin/attesta shell --no-imports -c "{ISSUE}"\n', values)
        run(steps("Backing up", kind), values)
        said = run(steps("Restoring", kind), places(tmp_path, second, anew))
        assert said.splitlines()[-1] == "Versions that can be read, byte for byte as they were issued: all 1."
    finally:
        for database in filter(None, [address, anew]):
            templates.drop(database)


def places(folder: Path, installation: Path, database: str) -> dict[str, str]:
    (folder / "backup").mkdir(exist_ok=True)
    (folder / "elsewhere").mkdir(exist_ok=True)
    ours = templates.environment(
        ATTESTA_MODE="test",
        ATTESTA_DATA_DIR=str(installation),
        ATTESTA_KEYS_DIR=str(installation / "keys"),
        ATTESTA_DATABASE_URL=database,
    )
    return ours | {"BACKUP": str(folder / "backup"), "KEYS_BACKUP": str(folder / "elsewhere")}


@pytest.mark.django_db
def test_a_copy_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "copy"
    file.write_text("precious")
    with pytest.raises(CommandError, match=r"Nothing was copied\.|pg_dump"):
        call_command("copy-database", str(file))
    assert file.read_text() == "precious"


def test_a_copy_that_fails_in_the_middle_says_why_and_leaves_nothing(tmp_path: Path, db: None) -> None:
    """Here since a test's own transaction is under way; on a full disk likewise."""
    file = tmp_path / "copy"
    with pytest.raises(CommandError, match=r"Nothing was kept of it\.|pg_dump"):
        call_command("copy-database", str(file))
    assert not file.exists()
