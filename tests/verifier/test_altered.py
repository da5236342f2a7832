"""What was issued is known by its bytes: whatever was done to them shows, by page and by command."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.x509 import load_der_x509_certificate
from django.core.management import call_command

from attesta.credentials import sealing
from attesta.credentials.models import Credential, Version
from attesta.verifier.rules import Conclusion
from tests.harness import forgeries
from tests.harness.foreign import Notary, identity
from tests.harness.pdfs import PdfMaker
from tests.verifier.conftest import Verifier, headline, text

FLIPS = 300
ALTERED = "Altered: this file claims to be from River University, but is not what was issued."
EDITS: dict[str, Callable[[bytes], bytes]] = {
    "painted over": forgeries.painted_over,
    "drawing replaced": lambda pdf: forgeries.edited(pdf, forgeries.repaint_in_place),
    "page appended": lambda pdf: forgeries.edited(pdf, forgeries.append_page),
    "note over the page": lambda pdf: forgeries.edited(pdf, forgeries.annotate),
    "title changed": lambda pdf: forgeries.edited(pdf, forgeries.change_title),
    "seal hidden": lambda pdf: forgeries.edited(pdf, forgeries.hide_seal),
    "padding written": forgeries.with_padding_written,
    "bytes behind": forgeries.with_bytes_behind,
    "one newline behind": lambda pdf: pdf + b"\n",
    "one byte before": lambda pdf: b" " + pdf,
    "saved by another program": forgeries.saved_again,
}


class Told:
    """What the command said, and how it ended."""

    def __init__(self, pdf: bytes, monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pdf)))
        out, self.code = io.StringIO(), 0
        try:
            call_command("verify", "-", *options, stdout=out)
        except SystemExit as end:
            self.code = int(end.code or 0)
        self.text = out.getvalue()

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.text)
        return facts


@pytest.mark.once
def test_trust_25_any_flipped_byte_shows_on_the_page(verifier: Verifier, file: bytes) -> None:
    """Wherever it is: in the page, the tables, the seal, the padding of the seal, the address that it names."""
    flips = forgeries.random_flips(file, FLIPS, seed=25)
    places = (f"192.0.2.{number % 4}" for number in range(FLIPS))  # one alone may not ask that often
    answers = [verifier.bring(pdf, REMOTE_ADDR=place) for (_, pdf), place in zip(flips, places, strict=True)]
    assert {headline(answer) for answer in answers} == {ALTERED}


@pytest.mark.once
def test_trust_25_any_flipped_byte_shows_by_command(file: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [Told(changed, monkeypatch, "--json") for _, changed in forgeries.random_flips(file, FLIPS, seed=52)]
    assert {(each.code, each.facts["conclusion"]) for each in told} == {(1, "altered")}


@pytest.mark.parametrize(
    "where", [b"%PDF-1.7", b"/Location", b"/verify/", b"?v=", b"/ByteRange", b"startxref", b"%%EOF"]
)
def test_trust_25_also_where_a_parser_stumbles(verifier: Verifier, file: bytes, where: bytes) -> None:
    place = file.rindex(where)
    answers = {
        headline(verifier.bring(forgeries.flipped(file, place + offset, mask)))
        for offset in range(len(where))
        for mask in (1, 0x28)
    }
    assert answers == {ALTERED}


@pytest.mark.parametrize("edit", EDITS)
def test_trust_25_an_edit_shows_by_page_and_by_command(
    verifier: Verifier, file: bytes, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = EDITS[edit](file)
    assert headline(verifier.bring(changed)) == ALTERED
    told = Told(changed, monkeypatch, "--json")
    assert (told.code, told.facts["conclusion"], told.facts["document"]) == (1, "altered", None)


def test_trust_25_what_was_added_is_said_in_words(verifier: Verifier, file: bytes) -> None:
    page = text(verifier.bring(forgeries.painted_over(file)))
    assert "The file begins with what the institution issued, and something was added behind it." in page


def test_trust_25_another_s_seal_on_what_we_issued_is_not_ours(
    verifier: Verifier, file: bytes, sealed: Credential
) -> None:
    """Stripped, sealed again by a stranger who names our page: intact, and still not what was issued."""
    address = f"http://localhost:8000/verify/{sealed.code}?v={sealed.versions.get().pk}"
    forged = Notary.named("Université du Fleuve").sign(forgeries.stripped(file), location=address)
    assert headline(verifier.bring(forged)) == ALTERED


def test_trust_25_a_certificate_that_imitates_our_authority_is_no_stranger_s(
    verifier: Verifier, sealed: Credential, pdf: PdfMaker
) -> None:
    [der] = sealing.roots()
    ours = load_der_x509_certificate(der).subject
    organization, name = (str(each.value) for each in ours)
    root = identity(organization, name, authority=True)
    leaf = identity("Université du Fleuve", "Université du Fleuve", issuer=root)
    forged = Notary(root, root, leaf, leaf).sign(pdf(text="Doctorat"))
    assert headline(verifier.bring(forged)) == "Altered: this file claims to have been issued here, but it was not."


def test_trust_25_a_seal_of_ours_on_what_was_never_issued(
    verifier: Verifier, sealed: Credential, pdf: PdfMaker
) -> None:
    """Made with the institution's key, and not in the register: others know the key, or a copy was brought back."""
    unissued = Version(credential=sealed, number=2, issued_on=sealed.issued_on)
    made = sealing.seal_upload(pdf(text="Doctorat"), version=unissued)
    assert headline(verifier.bring(made.pdf)) == (
        "Do not rely on it: the seal is that of River University, but the register does not know this file."
    )


def test_without_its_seal_nothing_can_be_told(verifier: Verifier, file: bytes) -> None:
    assert headline(verifier.bring(forgeries.stripped(file))) == "We cannot tell: this PDF carries no seal."


def test_a_text_that_only_names_our_page_is_accused_of_nothing(
    verifier: Verifier, sealed: Credential, pdf: PdfMaker
) -> None:
    """A résumé that links to its diploma."""
    resume = pdf(text=f"https://localhost/verify/{sealed.code}?v={sealed.versions.get().pk}")
    assert headline(verifier.bring(resume)) == "We cannot tell: this PDF carries no seal."


def test_a_stranger_s_seal_is_intact_and_that_is_all_we_know(
    verifier: Verifier, pdf: PdfMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = Notary.named("Collège de Nulle Part").sign(pdf(text="Certificat"), stamped_at=datetime.now(UTC))
    answer = verifier.bring(foreign)
    assert headline(answer) == "We cannot tell: this file is intact, but sealed by someone whom we do not know."
    assert "Collège de Nulle Part" in text(answer)
    told = Told(foreign, monkeypatch, "--json")
    assert (told.code, told.facts["conclusion"], told.facts["institution"]) == (2, Conclusion.FOREIGN, None)


def test_a_stranger_s_seal_that_does_not_hold(verifier: Verifier, pdf: PdfMaker) -> None:
    foreign = forgeries.painted_over(Notary.named("Collège de Nulle Part").sign(pdf(text="Certificat")))
    assert headline(verifier.bring(foreign)) == (
        "Do not rely on it: somebody whom we do not know sealed this file, and the seal does not hold."
    )
