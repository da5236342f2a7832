"""Sealed files that somebody changed: the published attacks on PDF signatures, and plain tampering.

Mladenov et al., "1 Trillion Dollar Refund" (CCS 2019): universal forgery, incremental saving, signature wrapping.
Rohlmann et al., "Shadow Attacks" (NDSS 2021) and "Breaking the Specification: PDF Certification" (S&P 2021).
"""

from __future__ import annotations

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import MDPPerm

from attesta.seals.checking import check
from attesta.seals.report import Report, Verdict
from tests.harness import forgeries
from tests.harness.foreign import NOW, Notary, crl
from tests.harness.forgeries import Edit
from tests.harness.pdfs import make_pdf
from tests.seals.findings import BROKEN, UNSEALED, findings
from tests.seals.office import Office

pytestmark = pytest.mark.once

PAPER = make_pdf(pages=2)
EDITED = {"whole-file": "no edited", "certified": "no", "renewed": "yes not-needed"}
BOX = (60, 660, 460, 720)

EDITS: dict[str, tuple[Edit, dict[str, str]]] = {
    "painted over": (forgeries.paint, {"pages-changed": "1"}),
    "drawing replaced": (forgeries.repaint_in_place, {"pages-changed": "1"}),
    "font replaced": (forgeries.swap_font, {"pages-changed": "1, 2"}),
    "page appended": (forgeries.append_page, {"pages-added": "3"}),
    "page removed": (forgeries.remove_last_page, {"pages-removed": "2"}),
    "pages turned around": (forgeries.turn_pages_around, {"pages-moved": "yes"}),
    "title changed": (forgeries.change_title, {"information": "Title"}),
    "evil annotation": (forgeries.annotate, {"annotations": "1"}),
    "file attached": (forgeries.attach, {"names": "yes"}),
    "action at opening": (forgeries.act_at_opening, {"actions": "yes"}),
    "metadata changed": (forgeries.change_metadata, {"metadata": "yes"}),
    "layers added": (forgeries.add_layers, {"layers": "yes"}),
    "pages of another tree": (forgeries.swap_page_tree, {"pages-added": "1", "pages-removed": "1, 2"}),
}


@pytest.fixture(scope="module")
def sealed(office: Office) -> bytes:
    return office.seal(PAPER)


@pytest.fixture(scope="module")
def notary() -> Notary:
    return Notary.named("Notaires du Lac")


def ours(office: Office, pdf: bytes) -> Report:
    return check(pdf, roots=[office.root], now=office.now)


def theirs(notary: Notary, pdf: bytes) -> Report:
    return check(pdf, roots=[notary.root.der], now=NOW, crls=[crl(notary.root), crl(notary.issuing)])


# Incremental saving


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_after_sealing_is_found_and_named(office: Office, sealed: bytes, name: str) -> None:
    edit, told = EDITS[name]
    report = ours(office, forgeries.edited(sealed, edit))
    assert findings(report) == EDITED
    facts = dict(report["whole-file"].facts)
    assert {key: facts[key] for key in facts.keys() - {"reason", "revisions", "later"}} == told
    assert (report.is_intact, report.is_trusted) == (False, False)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_cannot_hide_behind_a_second_one(office: Office, sealed: bytes, name: str) -> None:
    edit, _ = EDITS[name]
    report = ours(office, forgeries.edited(sealed, edit, forgeries.touch_nothing))
    assert findings(report)["whole-file"] == "no edited"


def test_an_edit_that_was_taken_back_is_one(office: Office, sealed: bytes) -> None:
    """What a reader of the file in between saw is part of its history."""
    report = ours(office, forgeries.edited(sealed, forgeries.paint, forgeries.unpaint))
    assert findings(report)["whole-file"] == "no edited"


def test_a_trailer_that_leads_to_another_catalogue(office: Office, sealed: bytes) -> None:
    report = ours(office, forgeries.with_other_catalog(sealed))
    assert findings(report)["whole-file"] == "no edited"
    assert report["whole-file"].facts["actions"] == "yes"


def test_a_drawing_set_free(notary: Notary) -> None:
    report = theirs(notary, forgeries.with_drawing_freed(notary.sign(PAPER)))
    assert findings(report)["whole-file"] == "no edited"


def test_an_edit_hung_on_without_cross_references(office: Office, sealed: bytes) -> None:
    """Readers that repair files would show it."""
    report = ours(office, forgeries.with_loose_object(sealed))
    assert findings(report) == {"whole-file": "no behind", "renewed": "yes not-needed"}
    assert report.is_intact is False


def test_bytes_behind_the_end(office: Office, sealed: bytes) -> None:
    report = ours(office, forgeries.with_bytes_behind(sealed))
    assert findings(report)["whole-file"] == "no behind"


def test_one_newline_behind_the_end(office: Office, sealed: bytes) -> None:
    report = ours(office, sealed + b"\n")
    assert report.is_intact is False


# Universal forgery


@pytest.mark.parametrize("key", ["/Contents", "/ByteRange"])
@pytest.mark.parametrize("value", [None, generic.NullObject(), generic.ArrayObject(), generic.ByteStringObject(b"\0")])
def test_a_signature_without_its_entries(
    office: Office, sealed: bytes, key: str, value: generic.PdfObject | None
) -> None:
    report = ours(office, forgeries.edited(sealed, forgeries.empty_seal(key, value)))
    assert report["unaltered"].verdict == report["whole-file"].verdict == Verdict.NO
    assert report.is_intact is False


@pytest.mark.parametrize("numbers", [(0, -1, -1, -1), (0, 0, 0, 0), (-5, 9, 9, 9), (0, 10**18, 10**18, 1), (0, 9, 9)])
def test_a_signature_with_a_strange_range(office: Office, sealed: bytes, numbers: tuple[int, ...]) -> None:
    array = generic.ArrayObject(map(generic.NumberObject, numbers))
    report = ours(office, forgeries.edited(sealed, forgeries.empty_seal("/ByteRange", array)))
    assert findings(report)["whole-file"] == "no byte-range"
    assert report.is_intact is False


# Signature wrapping


def test_the_second_signed_part_is_moved_away(notary: Notary) -> None:
    """The gap, which nobody signed, grows and takes a new page in."""
    report = theirs(notary, forgeries.wrapped(notary.sign(PAPER)))
    assert findings(report)["whole-file"] in {"no misplaced", "no gap", "no broken"}
    assert report.is_intact is False


def test_a_byte_range_with_a_gap(office: Office, sealed: bytes) -> None:
    report = ours(office, forgeries.with_gap(sealed))
    assert report.is_intact is False


def test_padding_that_was_written_into(office: Office, sealed: bytes) -> None:
    report = ours(office, forgeries.with_padding_written(sealed))
    assert findings(report) == {"whole-file": "no padding", "renewed": "yes not-needed"}


def test_a_certificate_slipped_into_the_signature(office: Office, notary: Notary) -> None:
    signed = notary.sign(PAPER)
    assert theirs(notary, forgeries.with_certificate(signed, notary.root.der)).is_intact
    report = theirs(notary, forgeries.with_certificate(signed, office.signer.chain[0]))
    assert findings(report)["whole-file"] == "attention odd"
    assert report.is_intact is False


# Shadow attacks: the change is prepared before sealing, and shown after it


def test_a_hidden_page_tree_is_brought_out(notary: Notary) -> None:
    shadow = notary.sign(forgeries.edited(PAPER, forgeries.hide_pages))
    assert theirs(notary, shadow).is_intact
    report = theirs(notary, forgeries.edited(shadow, forgeries.bring_out_pages))
    assert findings(report)["whole-file"] == "no edited"


def test_a_cover_is_taken_off(notary: Notary) -> None:
    shadow = notary.sign(forgeries.edited(PAPER, forgeries.annotate))
    report = theirs(notary, forgeries.edited(shadow, forgeries.uncover))
    assert findings(report)["whole-file"] == "no edited"
    assert report["whole-file"].facts["annotations"] == "1"


def test_a_font_is_exchanged(notary: Notary) -> None:
    report = theirs(notary, forgeries.edited(notary.sign(PAPER), forgeries.swap_font))
    assert findings(report)["whole-file"] == "no edited"


# Certification attacks


@pytest.mark.parametrize("level", MDPPerm)
def test_an_evil_annotation_on_a_certified_document(notary: Notary, level: MDPPerm) -> None:
    """Also where the lock would allow notes: this one covers the page."""
    report = theirs(notary, forgeries.edited(notary.sign(PAPER, certify=level), forgeries.annotate))
    assert (findings(report)["whole-file"], findings(report)["certified"]) == ("no edited", "no")


@pytest.mark.parametrize("level", MDPPerm)
def test_a_sneaky_signature_over_a_certified_document(notary: Notary, level: MDPPerm) -> None:
    report = theirs(notary, notary.sign(notary.sign(PAPER, certify=level), name="Deux", box=BOX))
    assert (findings(report)["whole-file"], findings(report)["certified"]) == ("no edited", "no")
    assert report["whole-file"].facts["annotations"] == "1"


def test_an_invisible_signature_on_a_locked_document(office: Office, notary: Notary, sealed: bytes) -> None:
    report = ours(office, notary.sign(sealed, name="Deux"))
    assert (findings(report)["whole-file"], findings(report)["certified"]) == ("no edited", "no")


def test_a_stranger_s_time_stamp_renews_nothing(office: Office, notary: Notary, sealed: bytes) -> None:
    report = ours(office, notary.renew(sealed, at=NOW))
    assert findings(report) == {"whole-file": "attention loose-evidence", "renewed": "attention unknown"}


# Other seals, no seals


def test_the_seal_of_another_document(office: Office, sealed: bytes) -> None:
    report = ours(office, forgeries.pasted(sealed, office.seal(make_pdf(pages=2, text="Autre"))))
    fitless = {"unaltered": "no", "certified": "unknown uncovered", "renewed": "yes not-needed"}
    assert findings(report) == fitless
    assert report.is_intact is False


def test_a_stripped_seal(office: Office, sealed: bytes) -> None:
    assert findings(ours(office, forgeries.stripped(sealed))) == {"sealed": "no"} | UNSEALED


def test_a_stripped_file_sealed_by_someone_else(office: Office, notary: Notary, sealed: bytes) -> None:
    report = ours(office, notary.sign(forgeries.stripped(sealed)))
    assert findings(report)["chain"] == "unknown unknown"
    assert (report.is_intact, report.is_trusted, report.signer_organization) == (True, False, "")


def test_a_seal_that_the_form_forgot(office: Office, sealed: bytes) -> None:
    assert findings(ours(office, forgeries.edited(sealed, forgeries.hide_seal))) == BROKEN


def test_a_file_saved_again_by_another_program(office: Office, sealed: bytes) -> None:
    report = ours(office, forgeries.saved_again(sealed))
    assert findings(report)["unaltered"] == "no"
    assert report.is_intact is False


def test_a_time_stamp_taken_away_is_missed(office: Office, sealed: bytes) -> None:
    """A signature cannot say that it was stamped; its claimed time is left. Of our own files the hash is known."""
    report = ours(office, forgeries.without_stamp(sealed))
    assert findings(report)["time"] == "attention claimed"
    assert findings(report)["evidence"] == "attention no-stamp"
