from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions as credential_actions
from attesta.credentials.models import Credential
from attesta.mail.models import Letter
from attesta.shares import actions, tokens
from attesta.shares.actions import Invalid, Offer
from attesta.shares.models import Channel, Item, Share
from tests.shares.conftest import MakeShare, verbs


def test_a_link_is_a_row_and_a_line(link: Share, zoe: Person, diploma: Credential) -> None:
    assert (link.channel, link.recipient, link.consultations, link.enabled) == (Channel.LINK, "", 0, True)
    assert verbs(link) == ["share-created"]
    line = Line.objects.get(share_id=link.id)
    assert (line.actor_id, line.actor_label, line.owner_id) == (zoe.id, zoe.name, zoe.id)
    assert line.facts == {
        "channel": "link",
        "documents": [{"id": str(diploma.id), "fr": diploma.title_fr, "en": diploma.title_en}],
    }
    assert Letter.objects.filter(subject_id=link.id).count() == 0


def test_what_others_read_turns_no_line_around(zoe: Person, diploma: Credential) -> None:
    turned: dict[str, Any] = {
        name: f"\u202e{name}\u200b" for name in ("name", "purpose", "reference", "recipient_name")
    }
    offer = Offer(channel=Channel.LINK, language="fr", **turned)
    share = actions.create(by=zoe, credentials=[diploma], offer=offer)[0]
    assert [getattr(share, name) for name in turned] == list(turned)
    assert share.search.split() == list(turned)


def test_each_mailbox_gets_a_share_of_its_own(zoe: Person, diploma: Credential) -> None:
    offer = Offer(
        name="Maîtrise",
        channel=Channel.EMAIL,
        language="en",
        recipients=["A@uni.example", "b@uni.example", "a@uni.example"],
        pin="2468",
    )
    shares = actions.create(by=zoe, credentials=[diploma], offer=offer)
    assert [share.recipient_email for share in shares] == ["a@uni.example", "b@uni.example"]
    assert len({share.token_hash for share in shares}) == 2
    for share in shares:
        letters = Letter.objects.filter(subject_id=share.id).order_by("kind")
        assert [(letter.kind, letter.to, letter.language) for letter in letters] == [
            ("shares.invitation", share.recipient_email, "en"),
            ("shares.pin", share.recipient_email, "en"),
        ]


def test_the_same_form_twice_makes_one_share(zoe: Person, diploma: Credential) -> None:
    key = uuid.uuid4()
    offer = Offer(name="Deux clics", channel=Channel.EMAIL, language="fr", recipients=["a@uni.example"])
    first = actions.create(by=zoe, credentials=[diploma], offer=offer, request_key=key)
    second = actions.create(by=zoe, credentials=[diploma], offer=offer, request_key=key)
    assert first == second
    assert Share.objects.count() == 1
    assert Letter.objects.filter(kind="shares.invitation").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": "  "}, "name", "required"),
        ({"channel": Channel.EMAIL}, "recipients", "required"),
        ({"channel": Channel.EMAIL, "recipients": [f"{n}@x.ca" for n in range(21)]}, "recipients", "too-many"),
        ({"recipients": ["a@x.ca"]}, "recipients", "not-for-a-link"),
        ({"pin": "12ab"}, "pin", "digits"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expires_at", "past"),
        ({"max_consultations": 0}, "max_consultations", "at-least-one"),
    ],
)
def test_what_cannot_be_a_share_changes_nothing(
    zoe: Person, diploma: Credential, changes: dict[str, Any], field: str, code: str
) -> None:
    offer = Offer(**{"name": "Partage01", "channel": Channel.LINK, "language": "fr", **changes})
    with pytest.raises(Invalid) as refused:
        actions.create(by=zoe, credentials=[diploma], offer=offer)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert Share.objects.count() == Item.objects.count() == 0


def test_documents_are_one_s_own_and_not_revoked(zoe: Person, alex: Person, diploma: Credential) -> None:
    offer = Offer(name="Partage01", channel=Channel.LINK, language="fr")
    with pytest.raises(Invalid, match="not-yours"):
        actions.create(by=alex, credentials=[diploma], offer=offer)
    with pytest.raises(Invalid, match="none"):
        actions.create(by=zoe, credentials=[], offer=offer)
    revoked = credential_actions.revoke(credential=diploma, reason="Erreur", shown=True)
    with pytest.raises(Invalid, match="revoked"):
        actions.create(by=zoe, credentials=[revoked], offer=offer)
    assert Share.objects.count() == 0


def test_trust_01_neither_database_nor_outbox_holds_a_token_or_pin(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"], pin="86420975")
    token = tokens.token_of(share)
    assert len(token) * 6 >= 160
    row = repr(list(Share.objects.values())) + repr(list(Letter.objects.values())) + repr(list(Line.objects.values()))
    assert token not in row
    assert "86420975" not in row
    assert share.token_hash == tokens.sha256(token)


def test_a_learner_sends_a_bounded_number_of_letters_a_day(zoe: Person, diploma: Credential) -> None:
    for batch in range(10):
        mailboxes = [f"r{batch}-{n}@uni.example" for n in range(20)]
        offer = Offer(name="Envoi", channel=Channel.EMAIL, language="fr", recipients=mailboxes)
        actions.create(by=zoe, credentials=[diploma], offer=offer)
    with pytest.raises(Invalid, match="too-many-today"):
        one_more = Offer(name="Envoi", channel=Channel.EMAIL, language="fr", recipients=["x@uni.example"])
        actions.create(by=zoe, credentials=[diploma], offer=one_more)
    assert Share.objects.count() == 200
    actions.create(by=zoe, credentials=[diploma], offer=Offer(name="Lien", channel=Channel.LINK, language="fr"))
