"""A seal outlives the certificates that vouched for it: renewed in time, by the worker, and known by either hash."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.credentials import actions, contents, register, sealing
from attesta.credentials.models import Renewal, Version
from attesta.credentials.sealing import means, renewing
from attesta.organizations.models import Organization
from attesta.seals.checking import check
from attesta.vault import sweeping
from tests.credentials.test_actions import sound

pytestmark = pytest.mark.django_db

LATER = datetime(2029, 6, 1, 12, tzinfo=UTC)  # within the last half year of the sealing certificate


@pytest.fixture(autouse=True)
def own_authority(settings: Settings, tmp_path: Path) -> None:
    settings.SEALS_DIR = tmp_path / "seals"


def bytes_of(version: Version, person: Person) -> bytes:
    found = contents.of_owner(person, version.credential_id)
    assert found
    return found.original()


@pytest.fixture
def version(institution: Organization, zoe: Person) -> Version:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        return actions.issue(**sound(institution)).versions.get()


def test_nothing_is_renewed_before_its_time(version: Version) -> None:
    assert version.renew_due_at
    assert version.renew_due_at.year == 2029
    assert renewing.renew_due(now=datetime(2029, 1, 1, tzinfo=UTC)) == 0
    assert Renewal.objects.count() == 0


def test_a_renewed_seal_begins_with_the_old_one_and_is_known_by_both(version: Version, zoe: Person) -> None:
    issued = bytes_of(version, zoe)
    with time_machine.travel(LATER):
        means._kept.clear()
        assert renewing.renew_due(now=LATER) == 1
        assert renewing.renew_due(now=LATER) == 0
        renewed = bytes_of(version, zoe)
        told = check(renewed, roots=sealing.roots(), now=timezone.now())
    assert (renewed.startswith(issued), len(renewed) > len(issued)) == (True, True)
    assert (told.is_intact, told.is_trusted) == (True, True)
    found = [register.of_file(sha256(pdf).hexdigest()) for pdf in (issued, renewed)]
    assert [standing.version.pk if standing else None for standing in found] == [version.pk, version.pk]
    version.refresh_from_db()
    assert version.renew_due_at
    assert version.renew_due_at.year == 2040


def test_the_vault_s_sweep_leaves_renewed_files(version: Version, zoe: Person) -> None:
    with time_machine.travel(LATER):
        means._kept.clear()
        assert renewing.renew_due(now=LATER) == 1
        sweeping.sweep(LATER.replace(year=2030))
    assert bytes_of(version, zoe)
