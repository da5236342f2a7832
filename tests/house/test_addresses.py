"""Addresses and commands that others rely on: bookmarks, letters already sent, scripts, supervisors. Frozen."""

from __future__ import annotations

import subprocess
from uuid import UUID

import pytest
from django.core.management import get_commands
from django.urls import resolve

from tests.house import source

ID = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
ADDRESSES = {
    "/accounts/login/": "account_login",
    "/documents/": "learner:documents",
    f"/documents/{ID}/": "learner:document",
    "/shares/": "learner:shares",
    "/shares/new/": "learner:share-new",
    f"/shares/{ID}/": "learner:share",
    f"/shares/{ID}/edit/": "learner:share-edit",
    "/s/token": "recipient:share",
    "/verify/": "verifier:verify",
    "/verify/roots/": "verifier:roots",
    "/verify/K7QX-93FM-2C8T-0RZH-NDWA": "verifier:printed",
    "/operations/": "admin:index",
    "/livez": "livez",
    "/readyz": "readyz",
}
COMMANDS = ["create-keys", "issue-document", "revoke-document", "rotate-keys", "update-document", "verify", "work"]


@pytest.mark.parametrize(("address", "name"), ADDRESSES.items())
def test_address_is_served(address: str, name: str) -> None:
    assert resolve(address).view_name == name


def test_commands_exist() -> None:
    assert [command for command in COMMANDS if command not in get_commands()] == []


@pytest.mark.parametrize("script", ["bin/demo", "bin/test", "bin/attesta", "bin/lock", ".ci/run"])
def test_script_is_plain_sh(script: str) -> None:
    """Debian's sh is dash: no bashism gets past its parser."""
    subprocess.run(["/bin/sh", "-n", script], cwd=source.ROOT, check=True)
