"""Uploaded PDFs: what they do goes and is told, what they show stays."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from attesta.seals.activity import CODES
from attesta.seals.cleaning import Unsealable, clean
from tests.harness.pdfs import make_pdf
from tests.seals import active, papers
from tests.seals.active import ACTIONS, ACTIVE, HARMLESS, changed, with_action
from tests.seals.office import Office

pytestmark = pytest.mark.once

ACTING = (b"/JavaScript", b"/JS", b"/Launch", b"/SubmitForm", b"/EmbeddedFile", b"/EF", b"/XFA", b"/RichMedia", b"/AA")
BENIGN = [paper for paper in papers.PAPERS if "extended" not in paper.__name__]  # those have usage rights to lose


def named(case: object) -> str:
    return str(getattr(case, "__name__", ""))


@pytest.mark.parametrize(("change", "told"), ACTIVE, ids=named)
def test_trust_24_active_content_is_taken_out_and_told(
    change: Callable[[Pdf, Object], object], told: tuple[str, ...]
) -> None:
    before = changed(change)
    cleaned = clean(before)
    assert cleaned.told == told
    assert set(told) <= set(CODES)
    plain = plainly(cleaned.pdf)
    assert [word for word in (*ACTING, b"app.alert", b"cmd.exe", b"MZ") if word in plain] == []
    assert looks(cleaned.pdf) == looks(before)
    assert clean(cleaned.pdf).told == ()


@pytest.mark.parametrize(("action", "told"), ACTIONS, ids=lambda case: str(case)[:60])
def test_trust_24_links_that_act_lose_their_action(action: Dictionary, told: tuple[str, ...]) -> None:
    cleaned = clean(with_action(action))
    assert cleaned.told == told
    with pikepdf.open(BytesIO(cleaned.pdf)) as document:
        [link] = list(document.pages[0].obj.Annots)
        assert set(link.keys()) == {"/Type", "/Subtype", "/Rect"}


@pytest.mark.parametrize("action", HARMLESS, ids=lambda case: str(case)[:60])
def test_links_to_the_web_and_within_the_document_stay(action: Dictionary) -> None:
    before = with_action(action)
    cleaned = clean(before)
    assert cleaned.told == ()
    assert structure(cleaned.pdf) == structure(before)


@pytest.mark.parametrize("paper", BENIGN, ids=named)
def test_benign_files_keep_everything(paper: Callable[[], bytes]) -> None:
    before = paper()
    cleaned = clean(before)
    assert cleaned.told == ()
    assert looks(cleaned.pdf) == looks(before)
    assert structure(cleaned.pdf) == structure(before)


def test_tagged_documents_lose_only_their_attachment(transcript: bytes) -> None:
    before = changed(active.associated, of=transcript)
    cleaned = clean(before)
    assert cleaned.told == ("embedded-files",)
    assert looks(cleaned.pdf) == looks(before)
    assert structure(before)["elements"] > 100
    assert {**structure(before), "attachments": 0} == structure(cleaned.pdf)


@pytest.mark.parametrize("is_action", [True, False])
def test_a_first_view_stays(is_action: bool) -> None:
    def open_there(document: Pdf, page: Object) -> None:
        place = Array([page, Name.FitH, 700])
        document.Root.OpenAction = Dictionary(S=Name.GoTo, D=place) if is_action else place

    cleaned = clean(changed(open_there))
    assert cleaned.told == ()
    with pikepdf.open(BytesIO(cleaned.pdf)) as document:
        assert "/OpenAction" in document.Root


def test_resources_with_the_names_of_actions_stay() -> None:
    """Fonts and pictures may be called anything."""

    def rename(document: Pdf, page: Object) -> None:
        font = page.Resources.Font.F1
        names = ("/AA", "/A", "/AF", "/EF", "/V", "/Next", "/JavaScript", "/Annots", "/XFA", "/OpenAction", "/PA")
        for name in names:
            page.Resources.Font[name] = font
        picture = document.make_stream(
            b"0 0 100 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        page.Resources.XObject = Dictionary(dict.fromkeys(names, picture))
        state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=picture))
        page.Resources.ExtGState = Dictionary(dict.fromkeys(names, state))

    before = changed(rename)
    cleaned = clean(before)
    assert cleaned.told == ()
    with pikepdf.open(BytesIO(before)) as one, pikepdf.open(BytesIO(cleaned.pdf)) as two:
        assert two.pages[0].obj.Resources.unparse(resolved=True) == one.pages[0].obj.Resources.unparse(resolved=True)


def test_elements_with_the_names_of_actions_stay() -> None:
    def tag(document: Pdf, page: Object) -> None:
        tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(Sound=Name.P)))
        tree.K = Array([Dictionary(S=Name.Sound, P=tree, Pg=page), Dictionary(Type=Name.StructElem, S=Name.Hide)])
        document.Root.StructTreeRoot = tree

    cleaned = clean(changed(tag))
    assert cleaned.told == ()
    with pikepdf.open(BytesIO(cleaned.pdf)) as document:
        assert [str(element.S) for element in document.Root.StructTreeRoot.K] == ["/Sound", "/Hide"]


def test_media_with_a_picture_of_its_own_keeps_it() -> None:
    for change in (active.movie, active.rich_media, active.three_d, active.pinned_with_look):
        with pikepdf.open(BytesIO(clean(changed(change)).pdf)) as document:
            [annotation] = list(document.pages[0].obj.Annots)
            assert set(annotation.keys()) == {"/Type", "/Subtype", "/Rect", "/AP"}
            assert annotation.Subtype == Name.Stamp


def test_a_list_of_annotations_that_pages_share_is_cleaned_for_each() -> None:
    def share(document: Pdf, page: Object) -> None:
        active.pinned(document, page)
        page.Annots = document.make_indirect(page.Annots)
        document.pages[1].obj.Annots = page.Annots

    with pikepdf.open(BytesIO(clean(changed(share)).pdf)) as document:
        assert [len(list(page.obj.Annots)) for page in document.pages] == [0, 0]


def test_what_nothing_refers_to_goes() -> None:
    """An older revision's script is still in the bytes that came in, not in those that go out."""
    first = changed(active.opening)
    with pikepdf.open(BytesIO(first)) as document:
        del document.Root.OpenAction
        root = document.Root.objgen[0], document.Root.unparse(resolved=True)
    place = len(first)
    body = b"%d 0 obj\n%b\nendobj\n" % root
    start = int(first.rsplit(b"startxref", 1)[1].split()[0])
    edited = (
        first
        + body
        + b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size 90 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (root[0], place, root[0], start, place + len(body))
    )
    assert b"/JavaScript" in plainly(first)
    cleaned = clean(edited)
    assert cleaned.told == ()
    assert b"/JavaScript" not in plainly(cleaned.pdf)


def refused(pdf: bytes) -> str:
    with pytest.raises(Unsealable) as told:
        clean(pdf)
    assert str(told.value) == told.value.code
    return told.value.code


@pytest.mark.parametrize("passwords", [("", "owner"), ("user", "owner")])
def test_encrypted_files_are_refused(passwords: tuple[str, str]) -> None:
    user, owner = passwords
    with pikepdf.open(BytesIO(make_pdf())) as document:
        encrypted = papers.saved(document, encryption=pikepdf.Encryption(user=user, owner=owner))
    assert refused(encrypted) == "encrypted"


def test_sealed_files_are_refused(office: Office) -> None:
    assert refused(office.seal(make_pdf())) == "already-signed"


def signature(**entries: Any) -> Dictionary:
    return Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"), **entries)


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
def test_signatures_are_found_wherever_the_field_is() -> None:
    def hidden(document: Pdf, page: Object) -> None:
        """Not in the form, and without a type."""
        active.add_annotation(document, page, Subtype=Name.Widget, V=document.make_indirect(signature()))

    def certified(document: Pdf, page: Object) -> None:
        document.Root.Perms = Dictionary(DocMDP=document.make_indirect(signature()))

    assert refused(changed(hidden)) == "already-signed"
    assert refused(changed(certified)) == "already-signed"


def test_an_empty_place_for_a_signature_is_none(office: Office) -> None:
    """Many forms come with one, and with flags that claim more."""

    def place(document: Pdf, page: Object) -> None:
        field = active.add_annotation(document, page, Subtype=Name.Widget, FT=Name.Sig, T=String("Signature"), F=4)
        document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)

    cleaned = clean(changed(place))
    assert cleaned.told == ()
    assert office.seal(cleaned.pdf)


def test_what_only_a_program_could_show_is_refused() -> None:
    def portfolio(document: Pdf, page: Object) -> None:
        active.attachment(document, page)
        document.Root.Collection = Dictionary(View=Name.D)

    def dynamic(document: Pdf, page: Object) -> None:
        active.static_xfa(document, page)
        document.Root.NeedsRendering = True

    assert refused(changed(portfolio)) == "portfolio"
    assert refused(changed(dynamic)) == "dynamic-form"


def test_cleaned_files_can_be_sealed(office: Office) -> None:
    for change, _ in ACTIVE:
        assert office.seal(clean(changed(change)).pdf)


def plainly(pdf: bytes) -> bytes:
    """Everything written out: no streams of objects, nothing compressed."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return b"\n".join(
            item.unparse(resolved=True) + (item.read_raw_bytes() if isinstance(item, pikepdf.Stream) else b"")
            for item in document.objects
            if not isinstance(item, int)
        )


def looks(pdf: bytes) -> list[tuple[tuple[float, ...], bytes]]:
    """Every page: its boxes and its pixels, annotations included."""
    document: Any = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    found = []
    for page in document:
        boxes = (*page.get_mediabox(), *page.get_cropbox(), page.get_rotation())
        found.append((boxes, bytes(page.render(scale=0.5, may_draw_forms=True).buffer)))
    return found


def structure(pdf: bytes) -> dict[str, Any]:
    """What a reader could ask besides the pages' looks."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return {
            "version": document.pdf_version,
            "title": str(document.docinfo.get("/Title", "")),
            "metadata": document.Root.Metadata.read_bytes() if "/Metadata" in document.Root else b"",
            "language": str(document.Root.get("/Lang", "")),
            "elements": count(document, "/StructElem"),
            "fonts": count(document, "/Font"),
            "annotations": [len(page.obj.get("/Annots", [])) for page in document.pages],
            "links": [
                str(item.A.get("/URI", ""))
                for page in document.pages
                for item in page.obj.get("/Annots", [])
                if "/A" in item
            ],
            "attachments": len(document.attachments),
        }


def count(document: Pdf, kind: str) -> int:
    return sum(
        isinstance(item, Object) and "/Type" in item and str(item.Type) == kind
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary)
    )
