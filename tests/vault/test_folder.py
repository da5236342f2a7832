"""A folder of encrypted files belongs to one database, and no other one's worker removes anything there."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from attesta.vault import blobs, sweeping
from attesta.vault import folder as vault
from attesta.vault.models import Vault

pytestmark = pytest.mark.django_db
LATER = timedelta(days=2)


@pytest.fixture(autouse=True)
def _nobody_names_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    Vault.objects.all().delete()
    monkeypatch.setattr(sweeping, "_users", [lambda _beginning: ()])


def orphan(folder: Path) -> Path:
    """A file that no row names: the next sweep's prey."""
    return folder / "vault" / blobs.place(blobs.put(b"diploma", key=blobs.new_key(), context="a"))


def sweep() -> int:
    return sweeping.sweep(timezone.now() + LATER)


def test_the_first_start_makes_the_pair(folder: Path) -> None:
    call_command("migrate", verbosity=0)
    assert (folder / "vault" / vault.FILE).read_text().strip() == str(Vault.objects.get().pk)
    orphan(folder)
    assert sweep() == 1


def test_a_worker_on_another_database_removes_nothing(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    vault.join()
    file = orphan(folder)
    Vault.objects.all().delete()
    Vault.objects.create()
    assert (sweep(), file.exists()) == (0, True)
    assert "is not this database's folder" in caplog.text


def test_a_fresh_database_takes_no_folder_that_is_another_s(folder: Path) -> None:
    vault.join()
    theirs = (folder / "vault" / vault.FILE).read_text()
    Vault.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert (folder / "vault" / vault.FILE).read_text() == theirs
    assert not Vault.objects.exists()


def test_files_without_an_id_are_left_alone_until_an_operator_says_so(folder: Path) -> None:
    file = orphan(folder)
    call_command("migrate", verbosity=0)
    assert (sweep(), file.exists(), vault.written()) == (0, True, "")
    out = StringIO()
    call_command("sweep-vault", "--adopt", stdout=out)
    assert "is now this database's folder." in out.getvalue()
    assert (sweep(), file.exists()) == (1, False)


def test_an_empty_folder_joins_the_database_it_is_given_to(folder: Path) -> None:
    row = Vault.objects.create(id=uuid.uuid4())
    assert sweep() == 0
    assert vault.written() == str(row.pk)
