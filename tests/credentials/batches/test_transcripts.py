"""PESC transcripts: one file, or a ZIP with what the files leave out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from attesta.credentials.batches import actions, checking, querysets, tasks
from attesta.credentials.batches.findings import Code
from attesta.credentials.batches.rules import Form
from attesta.credentials.models import Batch, BatchState, Credential, Source, Template
from attesta.credentials.pesc.writing import School, write
from tests.credentials.batches import files, hostile
from tests.credentials.batches.conftest import HandIn
from tests.credentials.composing import samples

INDEX = ("file", "document_number", "learner_email", "issued_on")


def xml(number: str = "T-1", *, email: str = "") -> bytes:
    """As Attesta writes them: without the mailbox, which the sender's system may know."""
    written = write(
        samples.transcript(),
        school=School("Université du Fleuve", "River University"),
        number=number,
        at=datetime(2024, 3, 22, 12, tzinfo=UTC),
    )
    contacts = f"<Contacts><Email><EmailAddress>{email}</EmailAddress></Email></Contacts>" if email else ""
    return written.replace(b"</Person>", f"{contacts}</Person>".encode())


def row(number: int, **other: str) -> dict[str, str]:
    return {"file": f"{number}.xml", "learner_email": "zoe@example.org", **other}


def codes(batch: Batch) -> list[tuple[str, str, str]]:
    return [found[:3] for found in querysets.problems(batch).values_list("place", "column", "code", "value")]


def finished(batch: Batch) -> Batch:
    actions.start(batch=batch, by=None)
    while tasks.work():
        pass
    batch.refresh_from_db()
    return batch


def test_one_file_that_says_everything(hand_in: HandIn, transcript_template: Template) -> None:
    batch = hand_in(xml(email="zoe@example.org"), template=transcript_template)
    assert (codes(batch), batch.form) == ([], Form.PESC)
    assert finished(batch).issued_count == 1
    credential = Credential.objects.get()
    assert (credential.number, credential.learner_email, credential.issued_on) == (
        "T-1",
        "zoe@example.org",
        date(2024, 3, 22),
    )
    assert credential.versions.get().source == Source.PESC


def test_a_zip_whose_index_says_what_the_files_leave_out(hand_in: HandIn, transcript_template: Template) -> None:
    index = files.table([row(1), row(2, document_number="T-2B", issued_on="23/03/2024")], INDEX)
    batch = hand_in(
        files.packed({"1.xml": xml("T-1"), "2.xml": xml("T-2"), "index.csv": index}), template=transcript_template
    )
    assert codes(batch) == []
    assert finished(batch).issued_count == 2
    assert list(Credential.objects.order_by("number").values_list("number", "issued_on")) == [
        ("T-1", date(2024, 3, 22)),
        ("T-2B", date(2024, 3, 23)),
    ]
    assert [row.document_number for row in batch.rows.all()] == ["T-1", "T-2B"]


def test_every_problem_is_told_by_file_and_place(hand_in: HandIn, transcript_template: Template) -> None:
    broken = xml("T-9", email="zoe@example.org").replace(b"<SessionDesignator>", b"<SessionDesignator>x", 1)
    batch = hand_in(
        files.packed(
            {
                "1.xml": xml("T-1"),
                "2.xml": b"<CollegeTranscript",
                "3.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
                "4.xml": b"<html/>",
                "5.xml": xml().replace(b"CollegeTranscript:v1.8.0", b"CollegeTranscript:v2.0.0"),
                "6.xml": xml("T-1", email="zoe@example.org"),
                "7.xml": xml("T-1", email="zoe@example.org"),
                "8.xml": broken,
                "notes.txt": b"x",
                "index.csv": files.table([row(9), row(8), row(8)], INDEX),
            }
        ),
        template=transcript_template,
    )
    assert (batch.state, batch.rows.count()) == (BatchState.REFUSED, 8)
    assert codes(batch) == [
        ("notes.txt", "", Code.FILE_NOT_XML),
        ("1.xml", "learner_email", Code.MISSING),
        ("2.xml", "", Code.XML_NOT_READ),
        ("3.xml", "", Code.XML_DOCUMENT_TYPE),
        ("4.xml", "", Code.XML_NO_TRANSCRIPT),
        ("5.xml", "", Code.XML_VERSION),
        ("7.xml", "document_number", Code.NUMBER_TWICE),
        ("8.xml", "…udent/AcademicRecord/AcademicSession[1]/AcademicSessionDetail/SessionDesignator", "term-invalid"),
        ("2", "file", Code.FILE_NOT_THERE),
        ("4", "file", Code.FILE_NAMED_TWICE),
    ]


def test_trust_24_bombs_of_xml_are_told(hand_in: HandIn, transcript_template: Template) -> None:
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10)
    )
    packer = hostile.Packer()
    packer.add("laughs.xml", laughs + b"]><l>&k;</l>")
    packer.add("outside.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')
    packer.add("large.xml", b"<x>" + b"y" * 5_000_000 + b"</x>", method=0)
    packer.add("many.xml", b"<x>" + b"<y/>" * 100_000 + b"</x>", method=0)
    assert codes(hand_in(packer.done(), template=transcript_template)) == [
        ("laughs.xml", "", Code.XML_NOT_READ),
        ("outside.xml", "", Code.XML_DOCUMENT_TYPE),
        ("large.xml", "", Code.FILE_TOO_LARGE),
        ("many.xml", "", Code.XML_TOO_LARGE),
    ]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<x/>", Code.XML_NO_TRANSCRIPT),
        (files.packed({"index.csv": "x"}), Code.HEADER_MISSING),
        (files.packed({"index.csv": "file,Courriel\n"}), Code.TABLE_EMPTY),
        (files.packed({"__MACOSX/x": "x"}), Code.ARCHIVE_EMPTY),
        (files.packed({"__MACOSX/x": "x", "a/": ""}), Code.ARCHIVE_EMPTY),
    ],
)
def test_nothing_to_issue(hand_in: HandIn, transcript_template: Template, file: bytes, code: Code) -> None:
    assert [told for _, _, told in codes(hand_in(file, template=transcript_template))] == [code]


def test_checking_twice_finds_the_same(hand_in: HandIn, transcript_template: Template) -> None:
    batch = hand_in(xml(), template=transcript_template)
    assert checking.check(batch).problem_count == 1
