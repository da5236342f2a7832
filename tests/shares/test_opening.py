from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.mail.models import Letter
from attesta.shares import actions, tokens
from attesta.shares.actions import Cover, Opened, Visitor
from attesta.shares.models import Share, Visit
from attesta.shares.rules import Key, Refusal
from tests.shares.conftest import MakeShare, enter, knock, verbs, visitor


def test_opening_counts_once_a_visit_and_is_told(link: Share) -> None:
    before = timezone.now()
    first = knock(link)
    assert isinstance(first, Opened) and not first.again
    link.refresh_from_db()
    assert link.consultations == 1
    assert link.last_consulted_at is not None and link.last_consulted_at >= before
    assert verbs(link) == ["share-created", "share-opened"]
    assert Line.objects.get(share_id=link.id, verb="share-opened").visit_id == first.visit_id


def test_the_same_browser_goes_on_with_its_visit(link: Share) -> None:
    first, second = knock(link), knock(link)
    assert isinstance(first, Opened)
    assert second == Opened(first.visit_id, first.secret, again=True)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        third = knock(link)
    assert isinstance(third, Opened) and third.visit_id != first.visit_id
    link.refresh_from_db()
    assert link.consultations == 2


def test_another_browser_is_another_visit(link: Share) -> None:
    one, two = knock(link, visitor("one")), knock(link, visitor("two"))
    assert isinstance(one, Opened) and isinstance(two, Opened)
    assert one.visit_id != two.visit_id
    link.refresh_from_db()
    assert link.consultations == 2


def test_an_unknown_token_opens_nothing(link: Share) -> None:
    assert actions.open(token=tokens.new_token(), visitor=visitor()) is Refusal.UNKNOWN
    assert verbs(link) == ["share-created"]


def test_a_limit_ends_new_visits_and_lets_begun_ones_go_on(make_share: MakeShare) -> None:
    share = make_share(max_consultations=1)
    admission = enter(share)
    assert knock(share, visitor("late")) is Refusal.LIMIT
    assert isinstance(knock(share), Opened)
    assert admission.visit is not None
    secret = tokens.visit_secret(admission.visit.id, visitor().device)
    assert actions.admit(visit_id=admission.visit.id, secret=secret) is not None
    share.refresh_from_db()
    assert share.consultations == 1
    assert verbs(share) == ["share-created", "share-opened", "open-refused"]


def test_trust_05_at_expires_at_access_is_refused(make_share: MakeShare) -> None:
    end = (timezone.now() + timedelta(days=1)).replace(microsecond=0)
    share = make_share(expires_at=end)
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        opened = knock(share)
        assert isinstance(opened, Opened)
    with time_machine.travel(end, tick=False):
        assert knock(share, visitor("late")) is Refusal.EXPIRED
        assert actions.admit(visit_id=opened.visit_id, secret=opened.secret) is None


def test_disabled_ends_begun_visits_and_enabling_does_not_revive_them(link: Share, zoe: Person) -> None:
    opened = knock(link)
    assert isinstance(opened, Opened)
    actions.disable(share=link, by=zoe)
    assert knock(link, visitor("late")) is Refusal.DISABLED
    assert actions.admit(visit_id=opened.visit_id, secret=opened.secret) is None
    actions.enable(share=link, by=zoe)
    assert actions.admit(visit_id=opened.visit_id, secret=opened.secret) is None
    assert isinstance(knock(link), Opened)


def test_a_share_edited_meanwhile_is_read_again(link: Share) -> None:
    Share.objects.filter(pk=link.pk).update(version=7)
    assert isinstance(knock(link), Opened)


def test_the_cover_says_who_and_never_what(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(recipients=["jeanne@uni.example"])
    cover = actions.cover(token=tokens.token_of(share), visitor=visitor())
    assert isinstance(cover, Cover)
    assert (cover.owner_name, cover.mailbox) == (zoe.name, "j•••@uni.example")
    assert cover.key == Key(needs_pin=False, needs_code=True)
    assert verbs(share) == ["share-created"]


def test_a_machine_s_look_is_told_apart_and_a_few_an_hour_only(link: Share) -> None:
    scanner = Visitor("192.0.2.9", "scanner", "SafeLinks Scanner/1.0", "HEAD")
    for _ in range(30):
        actions.cover(token=tokens.token_of(link), visitor=scanner)
    link.refresh_from_db()
    assert link.consultations == 0
    assert verbs(link) == ["share-created"] + ["automatic-check"] * 4


def test_the_owner_is_told_of_the_first_consultation_only(make_share: MakeShare) -> None:
    share = make_share(notify_first=True)
    knock(share, visitor("one"))
    knock(share, visitor("two"))
    assert Letter.objects.filter(kind="shares.first-consultation", to=share.owner.email).count() == 1


def test_a_visit_lasts_thirty_minutes_and_is_renewed_by_use(link: Share) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        opened = knock(link)
    assert isinstance(opened, Opened)
    for minutes, admitted in [(29, True), (58, True), (89, False)]:
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            found = actions.admit(visit_id=opened.visit_id, secret=opened.secret)
            assert (found is not None) is admitted


@pytest.mark.parametrize("secret", ["", "0" * 64])
def test_a_visit_needs_its_own_secret(link: Share, secret: str) -> None:
    opened = knock(link)
    assert isinstance(opened, Opened)
    assert actions.admit(visit_id=opened.visit_id, secret=secret) is None
    assert Visit.objects.get().secret_hash == tokens.sha256(opened.secret)


@pytest.mark.parametrize("device", ["", "short"])
def test_browsers_without_a_device_never_meet_in_one_visit(make_share: MakeShare, device: str) -> None:
    share = make_share(pin="2468")
    nobody = Visitor("192.0.2.1", device, "Mozilla/5.0")
    assert isinstance(knock(share, nobody, pin="2468"), Opened)
    assert knock(share, nobody) is Refusal.PIN_NEEDED


def test_views_are_counted_by_the_owner_s_day(link: Share) -> None:
    with time_machine.travel("2026-03-23T03:30:00+00:00", tick=False):  # the evening of the 22nd in Toronto
        knock(link, visitor("one"))
        knock(link, visitor("two"))
    with time_machine.travel("2026-03-23T12:00:00+00:00", tick=False):
        knock(link, visitor("three"))
    counted = link.views_by_day.values_list("day", "consultations")
    assert [(day.isoformat(), number) for day, number in counted] == [("2026-03-22", 2), ("2026-03-23", 1)]


def test_a_visit_ends_after_half_a_day_however_much_it_is_used(link: Share) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        opened = knock(link)
    assert isinstance(opened, Opened)
    minutes = 0
    while minutes < 24 * 60:
        minutes += 25
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            if actions.admit(visit_id=opened.visit_id, secret=opened.secret) is None:
                break
    assert 12 * 60 <= minutes <= 12 * 60 + 25
