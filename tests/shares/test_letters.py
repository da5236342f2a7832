"""What mail says of shares: true when it leaves, in the reader's language, with no secret at rest."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.mail import composers
from attesta.mail.composers import Composition
from attesta.mail.models import Letter
from attesta.shares import actions, links
from attesta.shares.models import Share
from tests.shares.conftest import MakeShare, knock, visitor


def written(kind: str) -> Composition:
    composition = composers.compose(Letter.objects.get(kind=kind))
    assert composition is not None
    return composition


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fr", "Zoé Citoyenne vous transmet un document"), ("en", "Zoé Citoyenne shares a document with you")],
)
def test_the_invitation_has_the_link_and_no_document_name(
    make_share: MakeShare, diploma: Credential, language: str, subject: str
) -> None:
    share = make_share(recipients=["r@uni.example"], language=language, reference="DA-17", message="Bonjour!")
    letter = written("shares.invitation")
    assert letter.subject == subject
    for body in (letter.text, letter.html):
        assert links.of_recipient(share) in body
        assert "DA-17" in body and "Bonjour!" in body
        assert diploma.title_fr not in body and diploma.title_en not in body


def test_a_pin_travels_alone(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"], pin="864209")
    invitation, pin = written("shares.invitation"), written("shares.pin")
    assert "864209" not in invitation.text + invitation.html
    assert "864209" in pin.text.replace(" ", "")
    assert links.of_recipient(share) not in pin.text + pin.html


def test_letters_that_are_no_longer_true_are_not_written(make_share: MakeShare, zoe: Person) -> None:
    share = make_share(recipients=["r@uni.example"], pin="2468")
    actions.disable(share=share, by=zoe)
    for kind in ("shares.invitation", "shares.pin"):
        assert composers.compose(Letter.objects.get(kind=kind)) is None


def test_letters_to_the_owner_speak_their_language(make_share: MakeShare) -> None:
    share = make_share(language="en", notify_first=True)
    knock(share, visitor())
    letter = written("shares.first-consultation")
    assert letter.subject == "Votre partage «\u00a0Partage01\u00a0» a été consulté pour la première fois"
    assert links.of_owner(share) in letter.text


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "Le lien expire à la fin du 1er avril 2030."), ("en", "The link expires at the end of April 1, 2030.")],
)
def test_days_in_letters_read_as_on_pages(make_share: MakeShare, language: str, says: str) -> None:
    midnight = datetime(2030, 4, 2, 4, 0, tzinfo=UTC)
    make_share(recipients=["r@uni.example"], language=language, expires_at=midnight)
    assert says in written("shares.invitation").text


def test_the_outbox_at_rest_holds_no_link(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"], pin="2468")
    secret_part = links.of_recipient(share).rsplit("/", 1)[1]
    stored = json.dumps(list(Letter.objects.values("facts", "to", "kind", "message_id")))
    assert secret_part not in stored and "2468" not in json.dumps(list(Letter.objects.values("facts")))
    assert Letter.objects.exclude(sealed=None).count() == 0
    assert Share.objects.count() == 1
