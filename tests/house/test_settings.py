"""Settings come from the environment alone, are all documented, and production starts with none missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from attesta.config.settings import env
from tests.harness.templates import environment
from tests.house import source

PRODUCTION = {
    "ATTESTA_SECRET_KEY": "x" * 60,
    "ATTESTA_BASE_URL": "https://attesta.example.org",
    "ATTESTA_DATABASE_URL": "sqlite:////tmp/none.sqlite3",
    "ATTESTA_SMTP_URL": "smtp+tls://user:word@mail.example.org:587",
    "ATTESTA_MAIL_FROM": "Attesta <no-reply@example.org>",
    "ATTESTA_KEYS_DIR": "/tmp/none-keys",
    "ATTESTA_SEALS_FILE": "/tmp/none.toml",
}


def python(code: str, **values: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment(DJANGO_SETTINGS_MODULE="attesta.config.settings", **values),
        cwd=source.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def read_settings(**values: str) -> subprocess.CompletedProcess[str]:
    return python("from django.conf import settings; print(settings.DEBUG, settings.MODE)", **values)


def test_production_is_what_runs_when_nothing_is_said(tmp_path: Path) -> None:
    done = read_settings(ATTESTA_DATA_DIR=str(tmp_path))
    assert done.returncode != 0
    assert "Attesta refuses to start. Set in the environment:" in done.stderr
    named = re.findall(r"^  (ATTESTA_\w+): \S", done.stderr, re.MULTILINE)
    assert sorted(named) == sorted(PRODUCTION)


@pytest.mark.parametrize("missing", PRODUCTION)
def test_production_names_the_one_that_is_missing(missing: str, tmp_path: Path) -> None:
    values = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = read_settings(ATTESTA_DATA_DIR=str(tmp_path), **values)
    assert done.returncode != 0
    assert re.findall(r"^  (ATTESTA_\w+): \S", done.stderr, re.MULTILINE) == [missing]


def test_production_reads_complete_settings_and_never_debugs(tmp_path: Path) -> None:
    done = read_settings(ATTESTA_DATA_DIR=str(tmp_path), ATTESTA_DEBUG="true", **PRODUCTION)
    assert done.stdout == "False production\n", done.stderr


def test_a_command_says_what_to_set_and_makes_a_folder_for_one_account_alone(tmp_path: Path) -> None:
    values = environment(ATTESTA_DATA_DIR=str(tmp_path / "own" / "data"), ATTESTA_MODE="production")
    done = subprocess.run(
        ["bin/attesta", "migrate"], env=values, cwd=source.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "Attesta refuses to start. Set in the environment:"
    assert (tmp_path / "own" / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("ATTESTA_DATABASE_URL", "postgres://attesta:word/secret@host/attesta"),
        ("ATTESTA_DATABASE_URL", "//attesta:secret@host/attesta"),
        ("ATTESTA_SMTP_URL", "smtp://attesta:word/secret@host:587"),
        ("ATTESTA_SMTP_URL", "attesta:secret@host:587"),
    ],
)
def test_an_address_that_cannot_be_read_is_named_without_its_password(name: str, address: str, tmp_path: Path) -> None:
    done = read_settings(ATTESTA_DATA_DIR=str(tmp_path), **{**PRODUCTION, name: address})
    assert done.returncode != 0
    assert f"{name} cannot be read. Set it to an address such as " in done.stderr
    assert "secret" not in done.stderr
    assert "word" not in done.stderr.replace("password", "")


def test_unknown_mode_is_refused(tmp_path: Path) -> None:
    done = read_settings(ATTESTA_DATA_DIR=str(tmp_path), ATTESTA_MODE="prod")
    assert "ATTESTA_MODE is 'prod'; set it to one of: production, demonstration, test." in done.stderr


def test_server_does_not_start_without_its_keys(tmp_path: Path) -> None:
    values = PRODUCTION | {"ATTESTA_KEYS_DIR": str(tmp_path / "keys")}
    done = python("import attesta.config.wsgi", ATTESTA_DATA_DIR=str(tmp_path), **values)
    assert done.returncode != 0
    assert "bin/attesta create-keys" in done.stderr


def test_data_folder_may_carry_settings_and_real_variables_win(tmp_path: Path) -> None:
    (tmp_path / "attesta.env").write_text("ATTESTA_MODE=demonstration\nATTESTA_BASE_URL=http://localhost:9\n")
    code = "from django.conf import settings; print(settings.MODE, settings.BASE_URL)"
    assert python(code, ATTESTA_DATA_DIR=str(tmp_path)).stdout == "demonstration http://localhost:9\n"
    done = python(code, ATTESTA_DATA_DIR=str(tmp_path), ATTESTA_BASE_URL="http://localhost:7")
    assert done.stdout == "demonstration http://localhost:7\n"


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"`(ATTESTA_\w+)`", (source.ROOT / "docs" / "operating.md").read_text()))
    assert sorted(env.names - documented) == []


def test_only_config_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(source.ROOT))
        for path in source.modules("attesta")
        if source.room(path) != "config" and re.search(r"\bos\.(environ|getenv)|\bimport environ\b", path.read_text())
    ]
    assert readers == []


def test_tests_run_on_a_folder_of_their_own() -> None:
    assert os.environ["ATTESTA_DATA_DIR"] == str(settings.DATA_DIR)
    assert source.ROOT not in settings.DATA_DIR.parents
