"""What time does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from pytest_django import Settings

from attesta.activity.models import Line
from attesta.mail import composers
from attesta.mail.models import Letter
from attesta.shares import actions, resealing, tokens
from attesta.shares.models import Budget, Share, Trace, Visit
from attesta.vault import keys, secrets
from tests.harness.forgeries import flipped
from tests.shares.conftest import MakeShare, ask_code, enter, knock, verbs


def test_an_expiry_is_told_once_to_history_and_owner(make_share: MakeShare) -> None:
    now = timezone.now()
    share = make_share(expires_at=now + timedelta(hours=1))
    assert actions.notice_expiries(now=now + timedelta(minutes=59)) == 1  # short-lived: noted, no warning is mailed
    assert _notices() == []
    assert actions.notice_expiries(now=now + timedelta(hours=1)) == 1
    assert actions.notice_expiries(now=now + timedelta(hours=2)) == 0
    assert verbs(share) == ["share-created", "share-expired"]
    assert _notices() == ["shares.expired"]
    letter = Letter.objects.get(kind="shares.expired")
    assert letter.to == share.owner.email
    with time_machine.travel(now + timedelta(hours=2)):
        composition = composers.compose(letter)
    assert composition is not None and "List-Unsubscribe" in composition.headers
    assert Line.objects.get(verb="share-expired").at == share.expires_at  # not when the worker came by


def test_owners_are_warned_three_days_before_unless_they_said_no(make_share: MakeShare) -> None:
    now = timezone.now()
    share = make_share(expires_at=now + timedelta(days=30))
    assert actions.notice_expiries(now=now + timedelta(days=26)) == 0
    assert actions.notice_expiries(now=now + timedelta(days=27)) == 1
    assert _notices() == ["shares.expiring"]
    share.owner.wants_notices = False
    share.owner.save()
    make_share(expires_at=now + timedelta(days=30))
    actions.notice_expiries(now=now + timedelta(days=31))
    assert _notices() == ["shares.expiring"]


def test_an_owner_who_chose_a_later_day_meanwhile_is_not_told_of_the_earlier_one(make_share: MakeShare) -> None:
    now = timezone.now()
    share = make_share(expires_at=now + timedelta(days=30))
    for day in (28, 31):
        actions.notice_expiries(now=now + timedelta(days=day))
    assert sorted(_notices()) == ["shares.expired", "shares.expiring"]
    Share.objects.filter(pk=share.pk).update(expires_at=now + timedelta(days=365))
    with time_machine.travel(now + timedelta(days=32)):
        assert [composers.compose(letter) for letter in Letter.objects.filter(kind__startswith="shares.exp")] == [
            None,
            None,
        ]


def test_a_damaged_token_stops_no_other_from_being_sealed_again(make_share: MakeShare) -> None:
    damaged, whole = make_share(), make_share()
    Share.objects.filter(pk=damaged.pk).update(token_sealed=flipped(bytes(damaged.token_sealed), -1, 1))
    keys.add_wrapping_key(settings.KEYS_DIR)
    assert resealing.reseal() == 1
    whole.refresh_from_db()
    assert secrets.is_current(bytes(whole.token_sealed))


def test_reaping_forgets_what_nothing_needs_and_keeps_the_ledger(link: Share) -> None:
    admission = enter(link)
    actions.print_sheet(admission=admission, credential_id=link.items.get().credential_id)
    later = timezone.now() + timedelta(days=100)
    with time_machine.travel(later):
        assert actions.reap(now=later) == 2
    assert Visit.objects.count() == Trace.objects.count() == Budget.objects.count() == 0
    assert verbs(link) == ["share-created", "share-opened", "print-sheet"]


def test_trust_02_copy_link_works_after_the_key_was_rotated(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"], pin="2468")
    token, before = tokens.token_of(share), bytes(share.token_sealed)
    ask_code(share)
    keys.add_wrapping_key(settings.KEYS_DIR)
    share.refresh_from_db()
    assert tokens.token_of(share) == token
    assert resealing.reseal() == 3
    assert resealing.reseal() == 0
    share.refresh_from_db()
    assert bytes(share.token_sealed) != before
    assert (tokens.token_of(share), tokens.pin_of(share)) == (token, "2468")
    assert isinstance(knock(share, pin="2468"), actions.Opened)


def test_trust_02_without_the_keys_the_database_rebuilds_no_link(
    link: Share, settings: Settings, tmp_path: Path
) -> None:
    """None at all, and others that go by the same names."""
    names = keys.wrapping_names(Path(settings.KEYS_DIR))
    settings.KEYS_DIR = tmp_path / "others"
    with pytest.raises(ImproperlyConfigured):
        tokens.token_of(link)
    keys.create(settings.KEYS_DIR)
    while keys.wrapping_names(settings.KEYS_DIR) != names:
        keys.add_wrapping_key(settings.KEYS_DIR)
    with pytest.raises(secrets.Unreadable):
        tokens.token_of(link)


def _notices() -> list[str]:
    return list(Letter.objects.filter(kind__startswith="shares.exp").values_list("kind", flat=True))
