"""What stands in a prepared PDF, and where its holes are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NumberTree

from attesta.seals import pdf
from attesta.seals.holes import PLACEHOLDER
from attesta.seals.preparing import Prepared, Unpreparable, prepare
from tests.seals import papers
from tests.seals.checkers import conforms
from tests.seals.office import LABEL, Office

pytestmark = pytest.mark.once

HOLE = 4000


def prepared(office: Office, document: bytes) -> Prepared:
    return prepare(document, evidence=office.evidence, hole=HOLE, **office.words)


@contextmanager
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(pdf)) as document:
        yield document


def test_the_holes_are_where_they_are_said_to_be(office: Office, diploma: bytes) -> None:
    found = prepared(office, diploma)
    assert found.pdf[slice(*found.contents)] == b"<" + b"00" * HOLE + b">"
    assert found.pdf[slice(*found.byte_range)] == PLACEHOLDER
    assert Prepared.parse(found.pdf, found.contents, found.byte_range) == found


def test_a_filled_hole_ends_with_zeros(office: Office, diploma: bytes) -> None:
    found = prepared(office, diploma)
    filled = pdf.fill(found, signer=office.signer, stamper=office.stamper)
    start, end = found.contents
    hole = filled[start + 1 : end - 1]
    size = int(hole[4:8], 16) + 4
    assert hole[:4] == b"3082"
    assert hole[2 * size :].strip(b"0") == b""
    assert filled[:start][: found.byte_range[0]] + filled[end:] == (
        found.pdf[:start][: found.byte_range[0]] + found.pdf[end:]
    )


@pytest.mark.parametrize("change", ["beyond", "swapped", "elsewhere", "written"])
def test_places_that_are_no_holes_are_refused(office: Office, diploma: bytes, change: str) -> None:
    found = prepared(office, diploma)
    document, contents, byte_range = found.pdf, found.contents, found.byte_range
    match change:
        case "beyond":
            contents = (contents[0], contents[1] + 1)
        case "swapped":
            contents, byte_range = byte_range, contents
        case "elsewhere":
            byte_range = (byte_range[0] - 1, byte_range[1])
        case "written":
            document = document[: contents[0] + 9] + b"1" + document[contents[0] + 10 :]
    with pytest.raises(ValueError, match="not the holes"):
        Prepared.parse(document, contents, byte_range)


def test_a_signature_too_large_for_its_hole_is_not_written(office: Office, diploma: bytes) -> None:
    found = prepare(diploma, evidence=office.evidence, hole=100, **office.words)
    with pytest.raises(ValueError, match="larger than the place"):
        pdf.fill(found, signer=office.signer, stamper=office.stamper)


def test_the_hole_is_large_enough_and_hardly_larger(any_office: Office, diploma: bytes) -> None:
    size = pdf.hole_size(any_office.signer, any_office.stamper)
    sealed = any_office.seal(diploma)
    with opened(sealed) as document:
        contents = bytes(document.Root.AcroForm.Fields[0].V.Contents)
    assert size - 16 < len(contents.rstrip(b"\0")) <= len(contents) == size


def test_a_tagged_document_s_seal_is_tagged(office: Office, transcript: bytes) -> None:
    with opened(prepared(office, transcript).pdf) as document:
        page = document.pages[0].obj
        (widget,) = page.Annots
        root = document.Root.StructTreeRoot
        element = NumberTree(root.ParentTree)[int(widget.StructParent)]
        assert (int(widget.F), str(widget.TU), page.Tabs) == (132, LABEL, Name.S)
        assert (element.S, str(element.Alt), element.Pg == page) == (Name.Form, LABEL, True)
        assert (element.K[0].Type, element.K[0].Obj == widget) == (Name.OBJR, True)
        assert (root.K[0].S, root.K[0].K[-1] == element) == (Name.Document, True)
        assert int(root.ParentTreeNextKey) == int(widget.StructParent) + 1


def test_a_structure_of_another_make_keeps_what_it_has(office: Office) -> None:
    with opened(prepared(office, papers.tagged_otherwise()).pdf) as document:
        root = document.Root.StructTreeRoot
        parents = NumberTree(root.ParentTree)
        assert [str(child.S) for child in root.K] == ["/P", "/Form"]
        assert sorted(parents) == [4, 5]
        assert [str(parents[4][0].S), str(parents[5].S)] == ["/P", "/Form"]


def test_an_untagged_document_stays_untagged(office: Office) -> None:
    with opened(prepared(office, papers.untagged()).pdf) as document:
        assert Name.StructTreeRoot not in document.Root
        assert "/StructParent" not in document.pages[0].Annots[0]


def test_the_evidence_is_all_there_once(office: Office, diploma: bytes) -> None:
    with opened(prepared(office, diploma).pdf) as document:
        store = document.Root.DSS
        assert set(store.keys()) == {"/Type", "/Certs", "/CRLs"}
        assert tuple(stream.read_bytes() for stream in store.Certs) == office.evidence.certificates
        assert tuple(stream.read_bytes() for stream in store.CRLs) == office.evidence.crls


def test_metadata_and_content_stay(office: Office, transcript: bytes) -> None:
    def kept(pdf: bytes) -> list[bytes]:
        with opened(pdf) as document:
            contents = [page.Contents.read_bytes() for page in document.pages]
            facts = document.docinfo.unparse(resolved=True)
            return [document.Root.Metadata.read_raw_bytes(), facts, *contents]

    assert kept(prepared(office, transcript).pdf) == kept(transcript)


def test_a_form_keeps_its_fields_and_names_stay_apart(office: Office) -> None:
    with opened(prepared(office, papers.form()).pdf) as document:
        form = document.Root.AcroForm
        assert [str(field.T) for field in form.Fields] == ["Seal1", "Seal2"]
        assert str(form.DA) == "/Helv 12 Tf 0 g"
        assert [str(note.Subtype) for note in document.pages[0].Annots] == ["/Widget", "/Text", "/Widget"]


def test_other_makers_extensions_stay_and_their_rights_go(office: Office) -> None:
    with opened(prepared(office, papers.extended()).pdf) as document:
        assert set(document.Root.Extensions.keys()) == {"/ADBE", "/ESIC"}
        assert set(document.Root.Perms.keys()) == {"/DocMDP"}


def test_the_version_rises_to_what_a_seal_needs_and_never_falls(office: Office) -> None:
    versions = {}
    for paper in (papers.old, papers.newer):
        with opened(prepared(office, paper()).pdf) as document:
            versions[paper.__name__] = document.pdf_version
    assert versions == {"old": "1.7", "newer": "2.0"}


def test_a_document_that_looks_like_holes_does_not_mislead(office: Office) -> None:
    found = prepared(office, papers.decoy())
    assert found.pdf.count(PLACEHOLDER) == 3
    filled = pdf.fill(found, signer=office.signer, stamper=office.stamper)
    with opened(filled) as document:
        ours = document.Root.Perms.DocMDP
        start, end = found.contents
        assert [int(number) for number in ours.ByteRange] == [0, start, end, len(filled) - end]
        assert [int(number) for number in document.Root.Marked.ByteRange] == [0, *[9_999_999_999] * 3]


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b" "])
def test_streams_may_end_with_any_byte(office: Office, diploma: bytes, ending: bytes) -> None:
    """A carriage return just before ``endstream`` would read as part of the line end."""
    with opened(diploma) as document:
        document.pages[0].contents_add(b"q Q" + ending, prepend=False)
        out = papers.saved(document, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    crl = office.evidence.crls[0]
    changed = replace(office.evidence, crls=(crl + ending, *office.evidence.crls[1:]))
    sealed = replace(office, evidence=changed).seal(out)
    assert conforms(sealed) == {}
    with opened(sealed) as document:
        assert document.Root.DSS.CRLs[0].read_bytes() == crl + ending
        assert b"q Q" in document.pages[0].Contents[-1].read_bytes()


def test_a_compressed_stream_of_bad_ending_keeps_its_content(office: Office) -> None:
    with opened(papers.untagged()) as document:
        content = _unlucky_content()
        document.Root.Extra = document.make_stream(content)
        document.Root.Extra.write(zlib.compress(content), filter=Name.FlateDecode, decode_parms=Dictionary(Predictor=1))
        out = papers.saved(document, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with opened(prepared(office, out).pdf) as document:
        extra = document.Root.Extra
        assert list(extra.Filter) == [Name.ASCII85Decode, Name.FlateDecode]
        assert extra.read_bytes() == content


def test_what_is_encrypted_or_signed_already_is_refused(office: Office, diploma: bytes) -> None:
    with opened(diploma) as document:
        encrypted = papers.saved(document, encryption=pikepdf.Encryption(owner="owner", user=""))
    for paper, code in ((encrypted, "encrypted"), (office.seal(diploma), "already-signed")):
        with pytest.raises(Unpreparable, match=code):
            prepared(office, paper)


@pytest.mark.parametrize("paper", [b"", b"Relev\xe9 de notes", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_refused(office: Office, paper: bytes) -> None:
    with pytest.raises(Unpreparable, match="damaged"):
        prepared(office, paper)


JUNK: list[Any] = [7, Name.Junk, Array([7]), Dictionary(Junk=7), pikepdf.String("junk"), Array([Array([])])]


@pytest.mark.parametrize("way", ["plain", "packed"])
@pytest.mark.parametrize(
    "place",
    [
        *("AcroForm", "AcroForm/Fields", "AcroForm/SigFlags", "StructTreeRoot", "StructTreeRoot/K"),
        *("StructTreeRoot/ParentTree", "StructTreeRoot/ParentTree/Nums", "StructTreeRoot/ParentTreeNextKey"),
        *("Extensions", "Perms", "DSS", "Metadata", "Page/Annots"),
    ],
)
def test_junk_is_sealed_as_it_is_or_refused(office: Office, diploma: bytes, place: str, way: str) -> None:
    for junk in JUNK:
        paper = with_junk(diploma, place, junk, pikepdf.ObjectStreamMode["generate" if way == "packed" else "disable"])
        try:
            sealed = office.seal(paper)
        except Unpreparable as refused:
            assert str(refused) == ("already-signed" if place.endswith("SigFlags") and junk == 7 else "damaged")
        else:
            with opened(sealed) as document:
                assert str(document.Root.Perms.DocMDP.Name) == "Université du Fleuve"


def with_junk(paper: bytes, place: str, junk: object, mode: pikepdf.ObjectStreamMode) -> bytes:
    with opened(paper) as document:
        document.Root.AcroForm = Dictionary(Fields=Array())
        *holders, last = place.split("/")
        holder = document.pages[0].obj if holders == ["Page"] else document.Root
        for name in holders if holders != ["Page"] else ():
            holder = holder[f"/{name}"]
        holder[f"/{last}"] = junk
        return papers.saved(document, object_stream_mode=mode, fix_metadata_version=False)


def _unlucky_content() -> bytes:
    """Whose checksum, the end of what is deflated, ends with a carriage return."""
    return next(content for n in range(10_000) if zlib.compress(content := b"%% %d" % n).endswith(b"\r"))
