"""Accounts whose password is printed on the screen exist in demonstration mode alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.test import Client

from tests.house import source
from tests.house.test_settings import PRODUCTION, python


def test_seeding_is_no_command_outside_the_demonstration() -> None:
    assert "seed-demo" not in get_commands()


def test_preparing_refuses_outside_the_demonstration() -> None:
    with pytest.raises(CommandError, match="Only with ATTESTA_MODE=demonstration"):
        call_command("prepare-demo")


def test_production_refuses_to_install_the_demonstration(tmp_path: Path) -> None:
    code = "import django; from django.conf import settings; settings.INSTALLED_APPS.append('demo'); django.setup()"
    done = python(code, ATTESTA_DATA_DIR=str(tmp_path), **PRODUCTION)
    assert "The demonstration runs only with ATTESTA_MODE=demonstration." in done.stderr


@pytest.mark.django_db
def test_demonstration_mail_page_does_not_exist_elsewhere(client: Client) -> None:
    assert client.get("/_mail/").status_code == 404


def test_tests_and_demonstration_serve_as_operators_are_told_to() -> None:
    """All three by ``attesta.config.serving``, which alone knows the server and its options."""
    assert "bin/attesta serve" in (source.ROOT / "docs/operating.md").read_text()
    assert "serve" in get_commands()
    for file in ("bin/demo", "tests/harness/server.py"):
        text = (source.ROOT / file).read_text()
        assert ("attesta.config.serving" in text, "granian" in text) == (True, False), file
