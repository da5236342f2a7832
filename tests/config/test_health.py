"""Load balancers and supervisors ask these two."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from attesta.credentials import sealing
from attesta.organizations.models import Organization


def test_livez_answers_without_a_database(client: Client) -> None:
    """This test may not touch the database at all."""
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_is_green_when_database_and_keys_are_there(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_is_red_without_keys(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path / "nowhere"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: keys\n")


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["root.pem", "issuing.pem"])
def test_readyz_is_red_while_our_own_certificates_cannot_be_read(
    client: Client, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str
) -> None:
    settings.SEALS_DIR = tmp_path / "seals"
    sealing.prepare()
    assert client.get("/readyz").status_code == 200
    (settings.SEALS_DIR / file).write_text("-----BEGIN CERTIFICATE-----\nMII")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: seals\n")
    assert f"The certificate authority in {settings.SEALS_DIR} cannot be read" in caplog.text


@pytest.mark.django_db
def test_readyz_is_red_while_the_folder_of_our_own_certificates_is_gone(
    client: Client, settings: Settings, tmp_path: Path, institution: Organization
) -> None:
    settings.SEALS_DIR = tmp_path / "seals"
    assert client.get("/readyz").status_code == 200
    sealing.current(institution)
    settings.SEALS_DIR.rename(tmp_path / "elsewhere")
    assert client.get("/readyz").content == b"not ready: seals\n"


@pytest.mark.django_db
def test_readyz_is_red_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(connection, "cursor", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: database\n")
    assert client.get("/livez").status_code == 200
