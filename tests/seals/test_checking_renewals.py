"""A renewal changes nothing that anybody sees; what changes something is none, whoever stamps it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

from attesta.seals import renewal
from attesta.seals.checking import check, reading
from attesta.seals.checking.renewals import only_renews
from attesta.seals.report import Report
from tests.harness import forgeries
from tests.harness.foreign import NOW, Notary
from tests.harness.forgeries import Edit
from tests.harness.pdfs import make_pdf
from tests.seals.findings import findings
from tests.seals.office import Office

pytestmark = pytest.mark.once

PAPER = make_pdf(pages=2)
EDITS: list[Edit] = [
    forgeries.paint,
    forgeries.repaint_in_place,
    forgeries.swap_font,
    forgeries.append_page,
    forgeries.remove_last_page,
    forgeries.turn_pages_around,
    forgeries.change_title,
    forgeries.change_metadata,
    forgeries.annotate,
    forgeries.attach,
    forgeries.act_at_opening,
    forgeries.add_layers,
    forgeries.swap_page_tree,
    forgeries.touch_nothing,
]
STAMP = b"<< /Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /Contents <00> /ByteRange [0 1 2 3] >>"
FIELD = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Time9) /V %d 0 R /Rect [%b] %b >>"


@pytest.fixture(scope="module")
def sealed(office: Office) -> bytes:
    return office.seal(PAPER)


def stamped(office: Office, pdf: bytes) -> bytes:
    """By the authority that everybody trusts: it does not look at what it stamps."""
    return renewal.renew(pdf, stamper=office.stamper, evidence=office.evidence)


def examined(office: Office, pdf: bytes) -> Report:
    return check(pdf, roots=[office.root], now=office.now)


def renews(pdf: bytes) -> bool:
    document = reading.read(pdf)
    return only_renews(document.reader, document.seals[0].signed_revision)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_time_stamp_makes_no_renewal_of_an_edit(office: Office, sealed: bytes, edit: Edit) -> None:
    for pdf in (
        stamped(office, forgeries.edited(sealed, edit)),
        forgeries.edited(stamped(office, sealed), edit),
        stamped(office, forgeries.edited(stamped(office, sealed), edit)),
    ):
        report = examined(office, pdf)
        assert findings(report)["whole-file"] == "no edited"
        assert report.is_trusted is False


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (forgeries.with_drawing_freed, "no edited"),
        (forgeries.with_drawing_freed_unsaid, "no edited"),
        (forgeries.with_drawing_named_twice, "attention irregular"),
    ],
)
def test_nor_of_tables_that_readers_read_differently(
    office: Office, sealed: bytes, forge: Callable[[bytes], bytes], told: str
) -> None:
    """What one reader shows of it, another does not."""
    report = examined(office, stamped(office, forge(sealed)))
    assert (findings(report)["whole-file"], report.is_trusted) == (told, False)


def test_evidence_that_nobody_stamped_is_loose_under_a_lock(office: Office, sealed: bytes) -> None:
    report = examined(office, forgeries.edited(sealed, forgeries.add_evidence))
    assert findings(report)["whole-file"] == "attention loose-evidence"
    assert report.is_intact is False


def test_pyhanko_agrees_on_what_a_renewal_is(office: Office, sealed: bytes) -> None:
    """Its own comparison lets pass at least what ours does."""
    notary = Notary.named("Notaires du Lac")
    others = notary.renew(notary.sign(PAPER, stamped_at=NOW), at=NOW)
    for pdf in (stamped(office, sealed), stamped(office, stamped(office, sealed)), others):
        assert renews(pdf)
        document = reading.read(pdf)
        found = DEFAULT_DIFF_POLICY.review_file(document.reader, document.seals[0].signed_revision)
        assert isinstance(found, DiffResult)
        assert found.modification_level == ModificationLevel.LTA_UPDATES


def test_a_program_may_write_of_itself_what_it_did_when() -> None:
    notary = Notary.named("Notaires du Lac")
    signed = notary.sign(PAPER, stamped_at=NOW)
    for tool, is_one in [(b"Programme", True), (b'Programme" dc:title="Doctorat', False)]:
        assert renews(forgeries.with_metadata_by(signed, tool)) is is_one


def with_field(
    pdf: bytes, field: bytes = FIELD % (900, b"0 0 0 0", b""), stamp: bytes = STAMP, form: bytes = b""
) -> bytes:
    """One more field in the form, as a renewal writes it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        number = document.Root.AcroForm.objgen[0]
        fields = " ".join(f"{each.objgen[0]} 0 R" for each in document.Root.AcroForm.Fields)
    written = b"<< /Fields [%b 901 0 R] /SigFlags 3 %b >>" % (fields.encode(), form)
    return forgeries.by_hand(pdf, {number: written, 900: stamp, 901: field})


def test_a_field_with_an_invisible_time_stamp_is_one(sealed: bytes) -> None:
    assert renews(with_field(sealed))


@pytest.mark.parametrize(
    "field",
    [
        FIELD % (900, b"0 0 100 100", b""),
        FIELD % (900, b"0 0 0 0", b"/AP << /N 900 0 R >>"),
        FIELD % (900, b"0 0 0 0", b"/AA << /D << /S /JavaScript >> >>"),
        FIELD % (900, b"0 0 0 0", b"/Kids []"),
        FIELD % (5, b"0 0 0 0", b""),
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Text) /V 900 0 R /Rect [0 0 0 0] >>",
        b"<< /Type /Annot /Subtype /FreeText /FT /Sig /T (Text) /V 900 0 R /Rect [0 0 0 0] >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Text) /V 900 0 R /Rect [0 0] >>",
        b"null",
    ],
)
def test_a_field_with_anything_else_is_none(sealed: bytes, field: bytes) -> None:
    assert renews(with_field(sealed, field)) is False


@pytest.mark.parametrize("stamp", [STAMP.replace(b"/DocTimeStamp", b"/Sig"), b"null", b"[]", b"(text)"])
def test_a_field_with_another_signature_is_none(sealed: bytes, stamp: bytes) -> None:
    assert renews(with_field(sealed, stamp=stamp)) is False


def test_a_form_that_draws_its_fields_anew_is_none(sealed: bytes) -> None:
    assert renews(with_field(sealed, form=b"/NeedAppearances true")) is False


def test_a_page_that_waits_for_its_drawing(office: Office) -> None:
    """A shadow: what was sealed refers to an object that comes later."""
    with pikepdf.open(BytesIO(PAPER)) as document:
        page = document.pages[0].obj
        page.Contents = pikepdf.Array([page.Contents, document.make_indirect(pikepdf.Dictionary(Later=True))])
        missing = page.Contents[1].objgen[0]
        out = BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    notary = Notary.named("Notaires du Lac")
    shadow = notary.sign(out.getvalue())
    assert missing
    later = forgeries.by_hand(shadow, {drawing(shadow, 1): forgeries.PAINTED})
    report = check(later, roots=[notary.root.der], now=NOW)
    assert findings(report)["whole-file"] == "no edited"
    assert report["whole-file"].facts["pages-changed"] == "1"


def test_a_store_of_evidence_that_is_also_a_drawing(office: Office) -> None:
    """A shadow: the page is drawn by what stands in the list of certificates."""
    with pikepdf.open(BytesIO(PAPER)) as document:
        page = document.pages[0].obj
        shared = document.make_indirect(pikepdf.Array([page.Contents]))
        page.Contents = shared
        document.Root.DSS = document.make_indirect(pikepdf.Dictionary(Certs=shared))
        out = BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    shadow = Notary.named("Notaires du Lac").sign(out.getvalue())
    with pikepdf.open(BytesIO(shadow)) as document:
        number, first = document.Root.DSS.Certs.objgen[0], document.Root.DSS.Certs[0].objgen[0]
    later = forgeries.by_hand(shadow, {number: b"[%d 0 R 900 0 R]" % first, 900: forgeries.PAINTED})
    assert renews(later) is False


def test_an_object_stream_written_over(office: Office, sealed: bytes) -> None:
    """The objects keep their numbers and their turn; the stream that holds them is another."""
    with pikepdf.open(BytesIO(sealed)) as document:
        number = next(each.objgen[0] for each in document.objects if is_pack(each))
        pack = document.get_object(number, 0)
        data, first, count = pack.read_bytes(), int(pack.First), int(pack.N)
    other = zlib.compress(data.replace(b"612 792", b"306 396"))
    body = b"<< /Type /ObjStm /First %d /N %d /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"
    report = examined(office, forgeries.by_hand(sealed, {number: body % (first, count, len(other), other)}))
    assert findings(report)["whole-file"] == "no edited"


def is_pack(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Stream) and each.get("/Type") == "/ObjStm"


def drawing(pdf: bytes, index: int) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        number: int = document.pages[0].obj.Contents[index].objgen[0]
    return number
