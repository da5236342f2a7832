"""A file is brought: one sentence at the top, the checks below, and nothing kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.verifier import verification
from tests.harness.pdfs import PdfMaker
from tests.verifier.conftest import Verifier, headline, original, text

TODAY = "The name and the title are the document’s of today: an older version may bear others."


def test_what_was_issued_is_genuine_and_current(verifier: Verifier, file: bytes) -> None:
    answer = verifier.bring(file)
    assert answer.status_code == 200
    assert headline(answer) == "Genuine and current: River University issued this very file."
    page = text(answer)
    for seen in ("Certificate in Hydrography", "Zoé Citoyenne", "March 22, 2024", "registraire@fleuve.example"):
        assert seen in page


def test_an_older_version_says_which_it_is_and_what_is_current(
    verifier: Verifier, sealed: Credential, file: bytes, pdf: PdfMaker
) -> None:
    actions.update(credential=sealed, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    start = "Genuine, but an older version: this is number 1, and number 2 has been current since "
    older = verifier.bring(file)
    assert headline(older).startswith(start)
    assert text(older).count(TODAY) == 1
    sealed.refresh_from_db()
    newest = verifier.bring(original(sealed))
    assert headline(newest) == "Genuine and current: River University issued this very file."
    assert TODAY not in text(newest)


def test_an_expired_one(verifier: Verifier, sealed: Credential, file: bytes) -> None:
    Credential.objects.filter(pk=sealed.pk).update(expires_on=date(2024, 4, 1))
    told = "Genuine, but expired: River University issued it, and it has not been current since April 1, 2024."
    assert headline(verifier.bring(file)) == told


def test_an_older_version_of_an_expired_one_names_none_that_is_current(
    verifier: Verifier, sealed: Credential, file: bytes, pdf: PdfMaker
) -> None:
    there = f"/verify/{sealed.code}?v={sealed.versions.get().pk}"
    actions.update(credential=sealed, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    Credential.objects.filter(pk=sealed.pk).update(expires_on=date(2024, 4, 1))
    number = "number 1 of 2, and none has been current since April 1, 2024."
    brought, scanned = (headline(each) for each in (verifier.bring(file), verifier.get(there)))
    assert brought == f"Genuine, but an older version, and the document has expired: this is {number}"
    assert scanned.endswith(f"your copy is an older version, and the document has expired: it is {number}")


@pytest.mark.parametrize("shown", [True, False])
def test_a_revoked_one_gives_the_reason_when_it_is_shown(
    verifier: Verifier, sealed: Credential, file: bytes, shown: bool
) -> None:
    actions.revoke(credential=sealed, reason="Issued by mistake", shown=shown)
    answer = verifier.bring(file)
    assert headline(answer).startswith("Genuine, but revoked: River University withdrew this document on ")
    assert ("Issued by mistake" in text(answer)) == shown


def test_a_changed_byte_is_altered_and_names_the_institution_alone(verifier: Verifier, file: bytes) -> None:
    place = len(file) // 2
    answer = verifier.bring(file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :])
    assert headline(answer) == ("Altered: this file claims to be from River University, but is not what was issued.")
    assert "Zoé" not in text(answer)
    assert "Hydrography" not in text(answer)
    assert "registraire@fleuve.example" in text(answer)


def test_an_unsealed_pdf_cannot_be_told(verifier: Verifier, pdf: PdfMaker) -> None:
    assert headline(verifier.bring(pdf(text="Autre"))) == "We cannot tell: this PDF carries no seal."


def test_no_pdf_cannot_be_told(verifier: Verifier) -> None:
    assert headline(verifier.bring(b"hello")) == "We cannot tell: this is not a PDF that we can read."


def test_a_result_is_kept_by_nobody(verifier: Verifier, file: bytes) -> None:
    answer = verifier.bring(file)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_what_we_issued_is_told_by_one_look_up(file: bytes, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """No program is asked to read the file. ``bench/issue.py`` says how long it takes."""
    asked = verification.program.pid
    with django_assert_num_queries(1):
        assert verification.of_file(file, now=timezone.now())
    assert verification.program.pid == asked
