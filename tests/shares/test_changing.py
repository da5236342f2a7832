"""Edit, disable, enable, renew, resend, reopen: what owners do to shares."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions as credential_actions
from attesta.credentials.models import Credential
from attesta.mail import composers
from attesta.mail.models import Letter
from attesta.shares import actions, history, tokens
from attesta.shares.actions import Changes, Invalid, Opened, Stale
from attesta.shares.actions.resending import Resent
from attesta.shares.models import AccessRequest, Share
from attesta.shares.rules import Refusal
from tests.harness.pdfs import make_pdf
from tests.shares.conftest import MakeShare, enter, knock, verbs, visitor


def changes(share: Share, **fields: Any) -> Changes:
    """The form as it was filled, with ``fields`` changed."""
    kept = {"name": share.name, "purpose": share.purpose, "reference": share.reference, "expires_at": share.expires_at}
    return Changes(**{**kept, "pin": tokens.pin_of(share) or "", **fields})


def test_editing_tells_what_changed_and_never_a_pin(link: Share, zoe: Person) -> None:
    end = timezone.now() + timedelta(days=30)
    wanted = changes(link, name="Partage02", reference="DA-17", pin="97531", expires_at=end)
    saved = actions.edit(share=link, by=zoe, version=link.version, changes=wanted)
    assert isinstance(saved, Share)
    assert (saved.name, saved.reference, saved.expires_at, saved.version) == ("Partage02", "DA-17", end, 2)
    assert tokens.pin_of(saved) == "97531"
    line = Line.objects.get(share_id=link.id, verb="share-edited")
    assert line.facts["changes"] == {
        "name": ["Partage01", "Partage02"],
        "reference": ["", "DA-17"],
        "pin": ["none", "set"],
        "expires_at": [None, end.isoformat()],
    }
    assert "97531" not in repr(list(Line.objects.values()) + list(Share.objects.values()))


def test_what_nobody_sees_is_no_change(link: Share, zoe: Person) -> None:
    actions.edit(share=link, by=zoe, version=link.version, changes=changes(link, name=f"\u202e{link.name}\u200b"))
    link.refresh_from_db()
    assert (link.name, verbs(link)) == ("Partage01", ["share-created"])
    with pytest.raises(Invalid):
        actions.edit(share=link, by=zoe, version=link.version, changes=changes(link, name="\u202e\u200b"))


def test_saving_without_a_change_tells_nothing(link: Share, zoe: Person) -> None:
    actions.edit(share=link, by=zoe, version=link.version, changes=changes(link))
    assert verbs(link) == ["share-created"]


def test_trust_35_a_stale_edit_never_overwrites(link: Share, zoe: Person) -> None:
    actions.edit(share=link, by=zoe, version=1, changes=changes(link, name="Premier"))
    outcome = actions.edit(share=link, by=zoe, version=1, changes=changes(link, name="Second"))
    assert isinstance(outcome, Stale) and outcome.current.name == "Premier"
    link.refresh_from_db()
    assert (link.name, link.version) == ("Premier", 2)
    assert verbs(link).count("share-edited") == 1


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        ({"pin": "12"}, "pin", "digits"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "expires_at", "past"),
    ],
)
def test_an_edit_that_cannot_be_changes_nothing(
    link: Share, zoe: Person, fields: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.edit(share=link, by=zoe, version=1, changes=changes(link, **fields))
    assert (refused.value.field, refused.value.code) == (field, code)
    link.refresh_from_db()
    assert link.version == 1


def test_a_later_day_opens_an_expired_link_again(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(expires_at=timezone.now() + timedelta(seconds=1))
    later = timezone.now() + timedelta(days=2)
    Share.objects.filter(pk=share.pk).update(expires_at=timezone.now() - timedelta(days=1))
    actions.notice_expiries(now=timezone.now())
    share.refresh_from_db()
    assert knock(share) is Refusal.EXPIRED
    saved = actions.edit(share=share, by=zoe, version=share.version, changes=changes(share, expires_at=later))
    assert isinstance(saved, Share) and saved.expiry_noticed_at is None
    assert isinstance(knock(share), Opened)


def test_a_new_pin_ends_visits_and_is_mailed_apart(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(recipients=["r@uni.example"], pin="2468")
    admission = enter(share, pin="2468")
    actions.edit(share=share, by=zoe, version=1, changes=changes(share, pin="8642"))
    assert admission.visit is not None
    secret = tokens.visit_secret(admission.visit.id, visitor().device)
    assert actions.admit(visit_id=admission.visit.id, secret=secret) is None
    states = Letter.objects.filter(kind="shares.pin").order_by("created_at").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "queued"]


def test_the_switch_is_told_once_a_turn(link: Share, zoe: Person) -> None:
    for act in (actions.disable, actions.disable, actions.enable, actions.enable):
        act(share=link, by=zoe)
    assert verbs(link) == ["share-created", "share-disabled", "share-enabled"]


def test_a_renewed_link_is_another_one(link: Share, zoe: Person) -> None:
    old, opened = tokens.token_of(link), knock(link)
    assert isinstance(opened, Opened)
    renewed = actions.renew_link(share=link, by=zoe).share
    assert tokens.token_of(renewed) != old
    assert actions.open(token=old, visitor=visitor("late")) is Refusal.UNKNOWN
    assert actions.admit(visit_id=opened.visit_id, secret=opened.secret) is None
    assert isinstance(knock(renewed), Opened)
    assert verbs(link) == ["share-created", "share-opened", "link-renewed", "share-opened"]


def test_showing_the_pin_is_told(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(pin="2468")
    assert actions.show_pin(share=share, by=zoe) == "2468"
    assert verbs(share) == ["share-created", "pin-shown"]
    assert actions.show_pin(share=make_share(), by=zoe) is None


def test_resend_only_e_mail_only_while_active_and_not_too_often(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(recipients=["r@uni.example"])
    assert actions.resend(share=make_share(), by=zoe) is Resent.NOT_EMAIL
    assert actions.resend(share=share, by=zoe) is Resent.QUEUED
    assert Letter.objects.filter(subject_id=share.id, kind="shares.invitation").count() == 2
    actions.disable(share=share, by=zoe)
    assert actions.resend(share=share, by=zoe) is Resent.NOT_ACTIVE
    actions.enable(share=share, by=zoe)
    outcomes = [actions.resend(share=share, by=zoe) for _ in range(12)]
    assert set(outcomes[-2:]) == {Resent.TOO_OFTEN}
    assert verbs(share).count("email-resent") == 1 + outcomes.count(Resent.QUEUED)


def test_an_update_shows_at_once_and_the_resend_tells_of_it(
    make_share: MakeShare, zoe: Person, diploma: Credential
) -> None:
    share = make_share(recipients=["r@uni.example"], pin="2468")
    new = make_pdf(pages=1, text="Version corrigée")
    credential_actions.update(credential=diploma, pdf=new, reason="Nom corrigé", as_given=True)
    admission = enter(share, pin="2468")
    assert actions.take_file(admission=admission, credential_id=diploma.id) == new
    item = share.items.select_related("credential").get()
    assert (item.sent_version, item.credential.latest) == (1, 2)
    actions.resend(share=share, by=zoe)
    item.refresh_from_db()
    assert item.sent_version == 2
    told = [line.verb for line in history.of(share).page(size=20)[0]]
    assert sorted(told) == sorted(
        ["share-created", "document-updated", "share-opened", "document-downloaded", "email-resent"]
    )


def test_asking_reaches_the_owner_within_bounds_and_one_click_opens_again(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(max_consultations=2, expires_at=timezone.now() + timedelta(days=1))
    knock(share, visitor("a")), knock(share, visitor("b"))
    Share.objects.filter(pk=share.pk).update(expires_at=timezone.now() - timedelta(minutes=1), enabled=False)
    for n in range(8):
        _ask(share, f"asker{n}@uni.example")
    assert AccessRequest.objects.filter(share=share).count() == 5
    assert Letter.objects.filter(kind="shares.access-asked", to=zoe.email).count() == 5
    opened = actions.reopen(share=share, by=zoe).share
    assert (opened.enabled, opened.max_consultations) == (True, 4)
    assert opened.expires_at is not None and opened.expires_at > timezone.now() + timedelta(days=29)
    assert isinstance(knock(share, visitor("c")), Opened)
    answers = Letter.objects.filter(kind="shares.access-given").values_list("to", flat=True)
    assert sorted(answers) == [f"asker{n}@uni.example" for n in range(5)]
    assert AccessRequest.objects.filter(answered_at=None).count() == 0


@pytest.mark.parametrize("way", ["enable", "edit"])
def test_whoever_asked_is_told_in_whatever_way_the_link_opens(way: str, link: Share, zoe: Person) -> None:
    over = timezone.now() - timedelta(minutes=1)
    Share.objects.filter(pk=link.pk).update(**({"enabled": False} if way == "enable" else {"expires_at": over}))
    _ask(link, "asker@uni.example")
    link.refresh_from_db()
    if way == "enable":
        actions.enable(share=link, by=zoe)
    else:
        later = changes(link, expires_at=timezone.now() + timedelta(days=9))
        actions.edit(share=link, by=zoe, version=link.version, changes=later)
    assert list(Letter.objects.filter(kind="shares.access-given").values_list("to", flat=True)) == ["asker@uni.example"]
    assert not AccessRequest.objects.filter(answered_at=None).exists()


def test_of_a_link_that_was_open_nobody_is_told_that_it_opened(make_share: MakeShare, zoe: Person) -> None:
    """Who lacks the PIN asks, too: the letter says so, and the request can be put away."""
    share = make_share(pin="482107")
    _ask(share, "asker@uni.example")
    composed = composers.compose(Letter.objects.get(kind="shares.access-asked"))
    assert composed is not None
    assert "n’arrive pas à entrer" in " ".join(composed.text.split())
    assert not actions.reopen(share=share, by=zoe).was_closed
    assert not Letter.objects.filter(kind="shares.access-given").exists()
    assert not AccessRequest.objects.filter(answered_at=None).exists()


def test_of_a_link_that_asks_for_a_code_the_owner_reads_what_is_missing(make_share: MakeShare) -> None:
    _ask(make_share(recipients=["admission@lac.example"]), "asker@uni.example")
    composed = composers.compose(Letter.objects.get(kind="shares.access-asked"))
    assert composed is not None
    words = " ".join(composed.text.split())
    assert ("boîte de courriel à laquelle il a été envoyé" in words, "NIP" in words) == (True, False)


def test_a_closed_share_s_new_link_waits_for_its_owner(make_share: MakeShare, zoe: Person) -> None:
    share = actions.disable(share=make_share(recipients=["admission@lac.example"]), by=zoe)
    before = Letter.objects.count()
    assert not actions.renew_link(share=share, by=zoe).is_sent
    assert Letter.objects.count() == before
    assert actions.renew_link(share=actions.enable(share=share, by=zoe), by=zoe).is_sent


def test_new_links_and_pins_count_among_the_letters_of_a_day(
    make_share: MakeShare, zoe: Person, settings: Settings
) -> None:
    share = make_share(recipients=["admission@lac.example"], pin="482107")
    settings.INVITATIONS_A_DAY = 1
    assert actions.renew_link(share=share, by=zoe).is_sent
    assert not actions.renew_link(share=share, by=zoe).is_sent
    assert actions.resend(share=share, by=zoe) is Resent.TOO_MANY_TODAY
    share.refresh_from_db()
    with pytest.raises(Invalid) as problem:
        actions.edit(share=share, by=zoe, version=share.version, changes=changes(share, pin="901234"))
    assert (problem.value.field, problem.value.code) == ("pin", "too-many-today")
    assert tokens.pin_of(Share.objects.get(pk=share.pk)) == "482107"


def test_asking_about_nothing_looks_the_same_and_writes_nothing(link: Share) -> None:
    actions.ask_access(token=tokens.new_token(), network="192.0.2.1", name="X", email="x@x.ca", message="")
    assert AccessRequest.objects.count() == 0
    assert verbs(link) == ["share-created"]


def _ask(share: Share, email: str) -> None:
    actions.ask_access(
        token=tokens.token_of(share), network="192.0.2.1", name="Jeanne", email=email, message="Encore une fois?"
    )


def test_opening_again_adds_as_many_views_as_were_chosen(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(max_consultations=1)
    for limit in (2, 3, 4):
        knock(share, visitor(f"reader {limit}"))
        assert actions.reopen(share=share, by=zoe).share.max_consultations == limit
