"""A code is typed or scanned: how the document stands now, to compare with the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from attesta.accounts.models import Person
from attesta.credentials import actions, links
from attesta.credentials.composing import code as codes
from attesta.credentials.models import Credential, Template
from attesta.organizations.models import Organization
from attesta.verifier import budgets
from attesta.web.logs import redact
from tests.credentials.composing.samples import transcript
from tests.credentials.composing.scanning import drawn, matrix_of
from tests.harness.pdfs import PdfMaker
from tests.verifier.conftest import Verifier, headline, original, text


@pytest.fixture
def template(institution: Organization) -> Template:
    names = {"name": "Relevés", "title_fr": "Relevé de notes", "title_en": "Transcript"}
    return Template.objects.create(issuer=institution, kind="transcript", **names)


def well_formed(number: int) -> str:
    """A code that could be one, and is none."""
    start = f"{number:019}"
    return next(found for last in codes.ALPHABET if (found := codes.normal(start + last)))


def test_a_typed_code_leads_to_its_page(verifier: Verifier, sealed: Credential) -> None:
    assert sealed.code
    answer = verifier.type(sealed.code.lower().replace("-", " "))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/verify/{sealed.code}")


def test_its_page_shows_what_to_compare(verifier: Verifier, sealed: Credential) -> None:
    answer = verifier.get(f"/verify/{sealed.code}")
    assert headline(answer) == ("The code is genuine: River University issued the document below, and it is current.")
    shown = text(answer)
    for seen in ("Certificate in Hydrography", "Zoé Citoyenne", "March 22, 2024", "River University"):
        assert seen in shown
    assert "a genuine code can be printed on a false paper" in shown
    assert sealed.versions.get().sha256 not in shown


def test_its_page_gives_no_more_than_the_paper_and_the_status(verifier: Verifier, sealed: Credential) -> None:
    """Neither the learner's address nor their account, nor the institution's own number."""
    Credential.objects.filter(pk=sealed.pk).update(number="DIP-2024-0001")
    shown = text(verifier.get(f"/verify/{sealed.code}"))
    assert not [secret for secret in (sealed.learner_email, "DIP-2024-0001", str(sealed.pk)) if secret in shown]


def test_a_paper_of_an_older_version_is_told_so(verifier: Verifier, sealed: Credential, pdf: PdfMaker) -> None:
    first = sealed.versions.get()
    version = actions.update(credential=sealed, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    older = headline(verifier.get(f"/verify/{sealed.code}?v={first.pk}"))
    assert older.startswith("The code is genuine, but your copy is an older version: it is number 1, and number 2")
    newest = headline(verifier.get(f"/verify/{sealed.code}?v={version.pk}"))
    assert newest.endswith("issued the document below, and it is current.")


def drawn_address(pdf: bytes, credential: Credential) -> str:
    """Which of the addresses that could be meant is in the picture to scan, module for module."""
    assert credential.code
    versions = credential.versions.values_list("pk", flat=True)
    could_be = [links.verification(credential.code, version) for version in (None, *versions)]
    [found] = [address for address in could_be if drawn(pdf, matrix_of(address))]
    return found.removeprefix(settings.BASE_URL)


@pytest.mark.once
def test_a_scanned_paper_of_an_older_version_is_told_so(verifier: Verifier, zoe: Person, template: Template) -> None:
    """The picture is read from the sheets as they were issued, before and after a grade was corrected."""
    made = actions.issue_composed(
        issuer=template.issuer,
        template=template,
        fields=transcript(),
        learner_email=zoe.email,
        learner_name=zoe.name,
        number="T-1",
        issued_on=date(2024, 3, 22),
    )
    paper = original(made)
    actions.update_composed(
        credential=made, template=template, fields=replace(transcript(), average=Decimal("3.82")), reason="Note"
    )
    older, newest = (headline(verifier.get(drawn_address(each, made))) for each in (paper, original(made)))
    assert older.startswith("The code is genuine, but your copy is an older version: it is number 1, and number 2")
    assert newest == "The code is genuine: River University issued the document below, and it is current."


def test_a_code_alone_says_that_older_papers_carry_it_too(
    verifier: Verifier, sealed: Credential, pdf: PdfMaker
) -> None:
    actions.update(credential=sealed, pdf=pdf(text="Corrigé"), reason="Nom corrigé", issued_on=date(2024, 5, 2))
    answer = verifier.get(f"/verify/{sealed.code}")
    assert headline(answer) == (
        "The code is genuine, but tells nothing of your copy: older versions carry it too. The current one, number 2,"
        " was issued on May 2, 2024."
    )
    assert "Compare the date of issue and what stands below with your copy" in text(answer)
    assert "verdict-attention" in text(answer)
    french = verifier.get(f"/verify/{sealed.code}?lang=fr")
    assert headline(french).endswith("La version en vigueur, le numéro 2, a été émise le 2 mai 2024.")


def test_a_version_of_another_document_is_not_believed(
    verifier: Verifier, sealed: Credential, diploma: Credential, pdf: PdfMaker
) -> None:
    other = diploma.versions.get()
    actions.update(credential=diploma, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    assert headline(verifier.get(f"/verify/{sealed.code}?v={other.pk}")).endswith("and it is current.")
    actions.update(credential=sealed, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    answer = headline(verifier.get(f"/verify/{sealed.code}?v={other.pk}"))
    assert answer.startswith("The code is genuine, but tells nothing of your copy")


@pytest.mark.parametrize("version", ["x", "0" * 36, "00000000-0000-4000-8000-000000000000", "%00", "'"])
def test_a_version_that_is_none_is_passed_over(verifier: Verifier, sealed: Credential, version: str) -> None:
    assert verifier.get(f"/verify/{sealed.code}?v={version}").status_code == 200


def test_expired_and_revoked(verifier: Verifier, sealed: Credential) -> None:
    Credential.objects.filter(pk=sealed.pk).update(expires_on=date(2024, 4, 1))
    expired = headline(verifier.get(f"/verify/{sealed.code}"))
    actions.revoke(credential=sealed, reason="Issued by mistake", shown=True)
    revoked = verifier.get(f"/verify/{sealed.code}")
    assert expired == (
        "The code is genuine, but the document has expired: it has not been current since April 1, 2024."
    )
    assert headline(revoked).startswith("The code is genuine, but River University revoked the document on ")
    assert "Reason given by the institution: Issued by mistake" in text(revoked)


def test_a_reason_that_is_not_to_be_shown_is_not(verifier: Verifier, sealed: Credential) -> None:
    actions.revoke(credential=sealed, reason="Issued by mistake", shown=False)
    assert "Issued by mistake" not in text(verifier.get(f"/verify/{sealed.code}"))


def test_it_is_found_by_no_search_and_kept_by_no_cache(verifier: Verifier, sealed: Credential) -> None:
    headers = verifier.get(f"/verify/{sealed.code}").headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    assert headers["Referrer-Policy"] == "no-referrer"


def test_unknown_codes_are_all_the_same_bytes(verifier: Verifier, sealed: Credential) -> None:
    assert sealed.code
    misread = sealed.code[:-1] + ("0" if sealed.code[-1] != "0" else "1")
    answers = [verifier.get(f"/verify/{code}") for code in (well_formed(1), well_formed(2), misread, "x", "x" * 500)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert headline(answers[0]) == "We do not know this code: no document issued here carries it."
    assert not [answer for answer in answers if answer.cookies]


def test_a_misread_code_is_told_beside_its_field(verifier: Verifier) -> None:
    answer = verifier.type("K7QX-93FM-2C8T-0RZH-NDWQ")
    assert answer.status_code == 422
    assert "This is no code of ours as it stands" in text(answer)
    assert "K7QX-93FM-2C8T-0RZH-NDWQ" in text(answer)


def test_guesses_are_limited_by_network_and_nobody_else_is_locked_out(verifier: Verifier, sealed: Credential) -> None:
    guess = f"/verify/{well_formed(7)}"
    answers = [verifier.get(guess).status_code for _ in range(budgets.GUESSES.limit + 3)]
    assert answers == [404] * budgets.GUESSES.limit + [429] * 3
    late = verifier.get(guess)
    assert "Too many questions came from your network within an hour." in text(late)
    assert late.headers["Retry-After"] == "3600"
    assert verifier.get(f"/verify/{sealed.code}").status_code == 200
    assert verifier.get(guess, REMOTE_ADDR="192.0.2.99").status_code == 404


def test_misread_codes_are_no_guesses(verifier: Verifier) -> None:
    answers = {verifier.get("/verify/K7QX-93FM-2C8T-0RZH-NDWQ").status_code for _ in range(budgets.GUESSES.limit + 3)}
    assert answers == {404}


@pytest.mark.parametrize("address", ["/verify/{code}", "/verify/{code}?v={version}"])
def test_a_post_is_no_way_in(verifier: Verifier, sealed: Credential, address: str) -> None:
    there = address.format(code=sealed.code, version=sealed.versions.get().pk)
    assert verifier.post(there).status_code == 405


def test_it_is_read_in_the_language_that_was_chosen(verifier: Verifier, sealed: Credential) -> None:
    answer = verifier.get(f"/verify/{sealed.code}?lang=fr")
    assert "Le code est authentique" in text(answer)
    assert "Le code est authentique" in text(verifier.get(f"/verify/{sealed.code}"))


def test_no_log_line_holds_a_code(verifier: Verifier, sealed: Credential, caplog: pytest.LogCaptureFixture) -> None:
    """Django names the path of what it refuses; whoever has a code sees whose document it is."""
    verifier.post(f"/verify/{sealed.code}")
    assert [redact(record.getMessage()) for record in caplog.records] == ["Method Not Allowed (POST): /verify/…"]
