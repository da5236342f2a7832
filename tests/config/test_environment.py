"""What the environment may not ask for: a half demonstration, or production in the clear."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_hostile import PRODUCTION, settings_of
from tests.harness.templates import ROOT, environment


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ATTESTA_SMTP_URL", "smtp://mail.example.org"),
        ("ATTESTA_KEYS_DIR", "/tmp/none-keys"),
        ("ATTESTA_DATABASE_URL", "sqlite:////tmp/none.sqlite3"),
        ("ATTESTA_BASE_URL", "https://attesta.example.org"),
    ],
)
def test_a_demonstration_s_file_beside_one_real_setting_starts_nothing(
    variable: str, value: str, tmp_path: Path
) -> None:
    (tmp_path / "attesta.env").write_text("ATTESTA_MODE=demonstration\nATTESTA_BASE_URL=http://localhost:8000\n")
    done = settings_of("settings.MODE", ATTESTA_DATA_DIR=str(tmp_path), **{variable: value})
    assert done.returncode != 0
    assert f"the environment is one of production ({variable})" in done.stderr


def test_every_command_says_so(tmp_path: Path) -> None:
    """Also one of ours, for which Django reads the settings once more."""
    (tmp_path / "attesta.env").write_text("ATTESTA_MODE=demonstration\n")
    values = environment(ATTESTA_DATA_DIR=str(tmp_path), ATTESTA_DATABASE_URL=f"sqlite:///{tmp_path}/none.sqlite3")
    for command in ("work", "migrate"):
        asked = [sys.executable, "manage.py", command]
        done = subprocess.run(asked, env=values, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.partition(":")[0]) == (1, "Attesta refuses to start")


def test_the_same_file_alone_is_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "attesta.env").write_text("ATTESTA_MODE=demonstration\nATTESTA_BASE_URL=http://localhost:8000\n")
    assert settings_of("settings.MODE", ATTESTA_DATA_DIR=str(tmp_path)).stdout == "demonstration\n"


@pytest.mark.parametrize("address", ["http://attesta.example.org", "http://localhost.example.org", "attesta.example"])
def test_production_refuses_an_address_that_is_not_encrypted(address: str, tmp_path: Path) -> None:
    values = PRODUCTION | {"ATTESTA_BASE_URL": address, "ATTESTA_DATA_DIR": str(tmp_path)}
    done = settings_of("settings.MODE", **values)
    assert done.returncode != 0
    assert f"ATTESTA_BASE_URL is '{address}'; set it to an address" in done.stderr


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_production_may_be_tried_on_one_machine(address: str, tmp_path: Path) -> None:
    values = PRODUCTION | {"ATTESTA_BASE_URL": address, "ATTESTA_DATA_DIR": str(tmp_path)}
    assert settings_of("settings.SECURE_SSL_REDIRECT", **values).stdout == "False\n"


@pytest.mark.parametrize(("proxies", "redirected"), [("0", "False"), ("1", "True")])
def test_only_a_trusted_proxy_can_say_that_a_request_was_not_encrypted(
    proxies: str, redirected: str, tmp_path: Path
) -> None:
    values = PRODUCTION | {"ATTESTA_TRUSTED_PROXIES": proxies, "ATTESTA_DATA_DIR": str(tmp_path)}
    assert settings_of("settings.SECURE_SSL_REDIRECT", **values).stdout == f"{redirected}\n"
