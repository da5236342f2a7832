"""What is known of a document, one line a question, from the register alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from attesta.accounts.models import Person
from attesta.credentials import actions, contents
from attesta.credentials.models import Credential, Version
from attesta.organizations.models import Organization
from attesta.shares import actions as sharing
from attesta.shares import tokens
from attesta.shares.actions import Offer
from attesta.shares.models import Channel
from attesta.web import checks
from tests.harness.pdfs import PdfMaker

TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture
def sealed(zoe: Person, institution: Organization, pdf: PdfMaker) -> Credential:
    with time_machine.travel(datetime(2024, 3, 22, 14, 3, tzinfo=TORONTO)):
        return actions.issue(
            issuer=institution,
            learner_email=zoe.email,
            title_fr="Certificat",
            title_en="Certificate",
            issued_on=date(2024, 3, 22),
            pdf=pdf(text="Certificat"),
        )


def lines(credential: Credential, version: Version) -> list[tuple[str, str, str]]:
    with translation.override("en"), timezone.override(TORONTO):
        return [(each.code, each.verdict, each.line) for each in checks.of_shown(credential, version)]


def test_a_sealed_document_that_stands(sealed: Credential) -> None:
    assert lines(sealed, sealed.versions.get()) == [
        ("issued", "yes", "Issued through Attesta by River University"),
        ("unaltered", "yes", "Kept byte for byte as it was issued"),
        ("sealed", "yes", "Sealed by River University on March 22, 2024, 2:03 p.m."),
        ("current", "yes", "Current version, never updated"),
        ("revoked", "yes", "Not revoked"),
    ]


def test_a_document_kept_as_it_was_handed_in_has_no_seal(diploma: Credential) -> None:
    found = lines(diploma, diploma.versions.get())
    assert ("sealed", "unknown", "The file carries no seal of its own") in found


def test_a_file_that_came_with_a_signature_is_not_called_unsealed(
    sealed: Credential, zoe: Person, institution: Organization
) -> None:
    found = contents.of_owner(zoe, sealed.pk)
    assert found
    kept = actions.issue(
        issuer=institution,
        learner_email=zoe.email,
        title_fr="Copie",
        title_en="Copy",
        issued_on=date(2024, 3, 22),
        pdf=found.original(),
        as_given=True,
    )
    version = kept.versions.get()
    line = ("sealed", "unknown", "Not sealed through Attesta: the file came with a signature")
    assert lines(kept, version)[2] == line
    version.came_signed = None  # issued before that was noted
    assert lines(kept, version)[2] == ("sealed", "unknown", "Not sealed through Attesta")


def test_versions_and_revocation(sealed: Credential, pdf: PdfMaker) -> None:
    first = sealed.versions.get()
    for number, day in ((2, 5), (3, 9)):
        with time_machine.travel(datetime(2025, 1, day, 12, tzinfo=TORONTO)):
            actions.update(credential=sealed, pdf=pdf(text=f"Corrigé {number}"), reason="Nom corrigé")
    with time_machine.travel(datetime(2025, 2, 1, 12, tzinfo=TORONTO)):
        actions.revoke(credential=sealed, reason="Émis par erreur", shown=True)
    sealed.refresh_from_db()
    oldest, middle, newest = (lines(sealed, sealed.versions.get(number=number)) for number in (1, 2, 3))
    assert first.number == 1
    assert oldest[3][1:] == ("no", "An older version (number 1): number 3 is the newest, since January 9, 2025")
    assert middle[3][1:] == ("no", "An older version (number 2): number 3 replaced it on January 9, 2025")
    assert newest[3:] == [
        ("current", "yes", "The newest version of this document"),
        ("revoked", "no", "Revoked on February 1, 2025"),
    ]


@pytest.mark.parametrize(
    ("expires_on", "expected"),
    [
        (
            date(2025, 1, 1),
            ("expiry", "attention", "No longer current since January 1, 2025: the credential has expired"),
        ),
        (date(2999, 1, 1), ("expiry", "yes", "Not expired: the credential expires on January 1, 2999")),
    ],
)
def test_only_a_credential_with_a_date_expires(
    sealed: Credential, expires_on: date, expected: tuple[str, str, str]
) -> None:
    sealed.expires_on = expires_on
    told = {code: (code, *said) for code, *said in lines(sealed, sealed.versions.get())}
    assert told["expiry"] == expected
    newest = "The newest version of this document" if expected[1] == "attention" else "Current version, never updated"
    assert told["current"] == ("current", "yes", newest)


def test_the_learner_and_the_recipient_see_the_same_panel(
    sealed: Credential, zoe: Person, signed_in: Callable[[Person], Client]
) -> None:
    version = sealed.versions.get()
    offer = Offer(name="Maîtrise", channel=Channel.LINK, language="fr")
    share = sharing.create(by=zoe, credentials=[sealed], offer=offer)[0]
    recipient = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"})
    visit = recipient.post(f"/s/{tokens.token_of(share)}").headers["Location"]
    pages = [signed_in(zoe).get(f"/documents/{sealed.pk}/"), recipient.get(visit)]
    assert version.certificate
    for page in (answer.content.decode() for answer in pages):
        for seen in (
            "Scellé par Université du Fleuve le 22 mars 2024",
            version.certificate.fingerprint,
            version.sha256,
        ):
            assert seen in page
        assert '<a href="/verify/">Vérifier une copie de ce fichier</a>' in page


def test_the_panel_of_an_older_version_says_so(
    sealed: Credential, zoe: Person, pdf: PdfMaker, signed_in: Callable[[Person], Client]
) -> None:
    actions.update(credential=sealed, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    page = signed_in(zoe).get(f"/documents/{sealed.pk}/?version=1").content.decode()
    assert "Version antérieure (numéro 1)" in page


def test_a_certificate_revoked_later_is_told(sealed: Credential) -> None:
    version = sealed.versions.get()
    assert version.certificate
    version.certificate.revoked_at = datetime(2025, 6, 1, 12, tzinfo=TORONTO)
    assert lines(sealed, version)[2] == (
        "sealed",
        "attention",
        "Sealed by River University on March 22, 2024, 2:03 p.m., with a certificate that was revoked on June 1, 2025",
    )
