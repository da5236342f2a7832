"""What is composed: archival, tagged, in both languages, true to its fields, and with a way to verify it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields as members
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from textwrap import dedent
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest

from attesta.credentials.composing.design import Design, Paper, Signatory
from attesta.credentials.composing.fields import Attestation, Diploma, Fields, Transcript
from attesta.credentials.composing.kinds import DocumentKind
from tests.credentials.composing.samples import (
    ATTESTATION,
    CODE,
    DESIGN,
    DIPLOMA,
    HAND,
    NUMBER,
    VERIFICATION,
    composed,
    transcript,
)
from tests.credentials.composing.scanning import drawn, matrix_of, outside, overlaps

pytestmark = pytest.mark.once
FIELDS: dict[str, Fields] = {"diploma": DIPLOMA, "transcript": transcript(), "attestation": ATTESTATION}
ENGLISH = replace(DESIGN, language="en", paper=Paper.A4, crest=None, founded="", signatories=DESIGN.signatories[1:])
BARE = Design(name_fr="Collège", name_en="Collège")
DESIGNS = {"french": DESIGN, "english-a4": ENGLISH, "bare": BARE}
each_kind = pytest.mark.parametrize("kind", FIELDS)
each_design = pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
LENGTHS = "PDFA3A-STREAM-LENGTH-001"
LONG = "Marie-Antoinette Wilhelmina Okonkwo-Nguyễn de la Vérendrye-Łukaszewicz von Hohenlohe-Schillingsfürst"


def texts(pdf: bytes) -> list[str]:
    """Of each page, as the product extracts it, its lines joined."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(document[i].get_textpage().get_text_range().split()) for i in range(len(document))]


def letters(text: str) -> str:
    """Without what a line's end changes: spaces, hyphens."""
    return re.sub("[- \ufffe]", "", text)


def failures(pdf: bytes, profile: str) -> list[str]:
    """What an independent checker finds.

    It takes a compressed stream's last byte for a part of the line's end when that byte is a carriage return; its
    word on a stream's length counts only where the bytes agree.
    """
    found = page.validate_pdf_bytes(pdf, profile=profile).failures
    return [one.rule_id for one in found if one.rule_id != LENGTHS or not lengths_hold(pdf)]


def lengths_hold(pdf: bytes) -> bool:
    heads = list(re.finditer(rb"/Length (\d+)[^\n]*>>\nstream\n", pdf))
    return len(heads) > 5 and all(pdf[h.end() + int(h[1]) :].startswith(b"\nendstream") for h in heads)


@each_kind
@each_design
def test_archival_and_accessible(kind: str, design: Design) -> None:
    pdf = composed(FIELDS[kind], design)
    assert (failures(pdf, "3a"), failures(pdf, "ua1")) == ([], [])


@each_kind
@each_design
def test_states_its_title_and_language(kind: str, design: Design) -> None:
    with pikepdf.open(BytesIO(composed(FIELDS[kind], design))) as document:
        assert str(document.Root.Lang) == f"{design.language}-CA"
        title = document.open_metadata()["dc:title"]
    assert title.endswith("Zoé Citoyenne")
    assert title != "Zoé Citoyenne"


@each_kind
@each_design
def test_reads_out_who_issued_it_and_under_which_number(kind: str, design: Design) -> None:
    """What stands in a page's head and foot alone is passed over by whoever listens."""
    done = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=composed(FIELDS[kind], design), capture_output=True, check=True
    )
    told = "".join(re.findall(r'^ +"(.*)"$', done.stdout.decode(errors="replace"), re.MULTILINE))
    for words in (design.name_fr, design.name_en, NUMBER, "Zoé Citoyenne"):
        assert words in told


@each_kind
@each_design
def test_prints_name_number_and_code_on_its_first_page(kind: str, design: Design) -> None:
    text = texts(composed(FIELDS[kind], design))[0]
    for words in ("Zoé Citoyenne", NUMBER, CODE, design.name_fr, design.name_en):
        assert words in text
    assert f"attesta.example/verify/{CODE}" in text.replace(" ", "")
    assert "?v=" not in text


@each_kind
def test_says_everything_in_both_languages(kind: str) -> None:
    fields = FIELDS[kind]
    text = " ".join(texts(composed(fields)))
    printed = [member.name for member in members(fields) if re.search("_(fr|en)$", member.name)]
    for name in printed:
        assert getattr(fields, name) in text, name


@each_kind
def test_the_same_facts_give_the_same_bytes(kind: str) -> None:
    assert composed(FIELDS[kind]) == composed(FIELDS[kind])


@pytest.mark.parametrize(
    ("twin", "name", "mime"),
    [(b"<x>\xc3\xa9</x>", "transcript.xml", "/application/xml"), (b'{"a": 1}', "transcript.json", "/application/json")],
)
def test_the_twin_is_attached_byte_for_byte(twin: bytes, name: str, mime: str) -> None:
    with pikepdf.open(BytesIO(composed(transcript(), twin=twin))) as document:
        (key,) = document.attachments
        held = document.attachments[key]
        stream = held.get_file()
        assert (key, stream.read_bytes(), str(held.obj.AFRelationship)) == (name, twin, "/Alternative")
        assert stream.mime_type == mime.removeprefix("/")


def test_without_a_twin_nothing_is_attached() -> None:
    with pikepdf.open(BytesIO(composed(DIPLOMA, twin=None))) as document:
        assert list(document.attachments) == []


HOSTILE = (
    "#pagebreak()", '"', "]", "#panic(1)", "$ x $", "\\", "*b* _i_", "`raw`", "<label>", "@ref", "= head", "// c",
    "#sys.inputs", "{learner_name}", "[{faculty}]", "#import \"diploma.typ\"", "~", "--- ...", "]}#{",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_is(text: str) -> None:
    pdf = composed(replace(DIPLOMA, learner_name=f"Zoé {text} Citoyenne", degree_fr=text))
    (printed,) = texts(pdf)
    assert f"Zoé {text} Citoyenne" in printed
    assert failures(pdf, "ua1") == []


@pytest.mark.parametrize("kind", ["transcript", "attestation"])
def test_hostile_text_is_printed_as_it_is_everywhere(kind: str) -> None:
    """Each text of the fields is replaced; the sheet still has its pages and shows each."""
    text = "".join(HOSTILE[:9])
    fields = FIELDS[kind]
    changes: dict[str, Any] = {m.name: text for m in members(fields) if isinstance(getattr(fields, m.name), str)}
    printed = "".join(texts(composed(replace(fields, **changes)))).replace(" ", "")
    assert printed.count(text.replace(" ", "")) >= len(changes) - 4  # given and family names, and repeated titles


@each_kind
@each_design
def test_a_long_name_has_its_place(kind: str, design: Design) -> None:
    pdf = composed(replace(FIELDS[kind], learner_name=LONG), design)
    assert letters(LONG) in letters(texts(pdf)[0])
    assert failures(pdf, "3a") == []


@each_design
def test_a_diploma_is_one_page_however_long_its_words(design: Design) -> None:
    words: dict[str, Any] = {m.name: "Très longue désignation " * 8 for m in members(DIPLOMA)}
    assert len(texts(composed(Diploma(**words | {"conferred_on": None}), design))) == 1


@pytest.mark.parametrize("signatories", [0, 1, 2, 3])
def test_no_text_of_a_diploma_lies_over_another(signatories: int) -> None:
    """With a remark, a number, names and positions as long as they may be."""
    person = Signatory("Marguerite-Antoinette " * 9, "Vice-chancelière " * 11, "Vice-chancellor " * 12, HAND)
    wordy = replace(DESIGN, remark_fr="Remarque du registraire. " * 8, remark_en="Remark by the registrar. " * 8)
    crowded = replace(wordy, signatories=(person,) * signatories, paper=Paper.A4)
    modest = replace(wordy, signatories=DESIGN.signatories[:signatories])
    for design in (crowded, modest):
        pdf = composed(DIPLOMA, design, number="UGM-D-26" * 10)
        assert (len(texts(pdf)), overlaps(pdf)) == (1, [])


WORD = "Llanfairpwllgwyngyll" * 7 + "gogogochch"


@each_kind
@each_design
def test_a_word_that_no_line_holds_is_broken_and_stays_one_word(kind: str, design: Design) -> None:
    """As a name, a number, a programme, a title, a course; and it does not run out of the page."""
    fields = FIELDS[kind]
    said = [m.name for m in members(fields) if isinstance(getattr(fields, m.name), str) and "_name" not in m.name]
    words: dict[str, Any] = dict.fromkeys([*said, "learner_name"], WORD)
    if isinstance(fields, Transcript):
        term = fields.terms[0]
        course = replace(term.courses[0], code="OCEANOGRAPHIE12345", title_fr=WORD, title_en=WORD, grade="EXEMPTION")
        words["terms"] = (replace(term, courses=(course,)),)
    pdf = composed(replace(fields, **words), design, number="N" * 80)
    assert outside(pdf) == ""
    assert "".join(texts(pdf)).replace(" ", "").count(WORD) >= len(words) - 3
    assert failures(pdf, "ua1") == []


def test_words_of_an_institution_keep_to_their_page() -> None:
    """A long address, and a remark as long as it may be."""
    address = "2325, rue de l’Université, pavillon Alphonse-Desjardins, Québec (Québec) G1V 0A6"
    wordy = replace(DESIGN, address=address, remark_fr="Remarque longue. " * 11, remark_en="A long remark. " * 12)
    for fields in FIELDS.values():
        assert outside(composed(fields, wordy)) == ""
    first = texts(composed(transcript(), wordy))[0]
    assert f"attesta.example/verify/{CODE} {CODE}" in first  # on one line


def test_sixty_courses_repeat_their_heading_on_every_page() -> None:
    fields = transcript(terms=6, courses=10)
    pages = texts(composed(fields))
    whole = " ".join(pages)
    assert len(pages) >= 3
    for term in fields.terms:
        for course in term.courses:
            assert whole.count(course.code) == 3  # its row, and in both titles
    with_courses = [page for page in pages if "OCE-" in page]
    assert [page.count("Titre du cours") for page in with_courses] == [1] * len(with_courses)
    assert all(CODE in page for page in pages)
    assert all(f"Page {i} de {len(pages)}" in page for i, page in enumerate(pages, start=1))


def test_a_transcript_prints_numbers_as_its_language_does() -> None:
    assert "3,91 sur 4,3" in " ".join(texts(composed(transcript())))
    assert "3.91 out of 4.3" in " ".join(texts(composed(transcript(), ENGLISH)))


def test_a_transcript_says_only_what_the_institution_said() -> None:
    fields = replace(transcript(1, 1), credits=None, average=None, degree_fr="", degree_en="", birth_date=None)
    term = replace(fields.terms[0], credits=None, average=None, cumulative_credits=None, cumulative_average=None)
    text = " ".join(texts(composed(replace(fields, terms=(term,)), BARE)))
    for words in ("Moyenne", "Ensemble du programme", "Date de naissance", "Grade ·"):
        assert words not in text


def test_a_course_not_earned_shows_both_credits() -> None:
    fields = transcript(1, 1)
    failed = replace(fields.terms[0].courses[0], grade="E", earned=Decimal(0))
    text = " ".join(texts(composed(replace(fields, terms=(replace(fields.terms[0], courses=(failed,)),)))))
    assert "0 / 3 E 12,0" in text


def test_an_institution_says_it_in_its_own_words() -> None:
    wording: Mapping[DocumentKind, Mapping[str, str]] = {
        DocumentKind.DIPLOMA: {
            "confers_fr": "{institution} décerne[ avec {honours}] à[ {unknown}]",
            "award_fr": "le {degree}",
        }
    }
    text = texts(composed(replace(DIPLOMA, honours_fr="", honours_en=""), replace(DESIGN, wording=wording)))[0]
    assert "Université des Grandes-Marées décerne à" in text
    assert "le Bachelière ès sciences (B. Sc.)" in text


@pytest.mark.parametrize("kind", FIELDS)
def test_the_code_to_scan_is_the_address_of_the_version(kind: str) -> None:
    assert drawn(composed(FIELDS[kind]), matrix_of(VERIFICATION.url))


def test_threads_compose_side_by_side() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: composed(DIPLOMA), range(12)))
    assert set(made) == {composed(DIPLOMA)}


def test_a_forked_process_is_told_instead_of_hanging() -> None:
    program = """
        import os, sys
        from tests.credentials.composing.samples import DIPLOMA, composed
        composed(DIPLOMA)
        child = os.fork()
        if child == 0:
            try:
                composed(DIPLOMA)
            except RuntimeError as told:
                os._exit(7 if "spawn" in str(told) else 1)
            os._exit(0)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    done = subprocess.run([sys.executable, "-c", dedent(program)], timeout=60, check=False, cwd=".")
    assert done.returncode == 7


def test_attestations_and_transcripts_are_told_apart() -> None:
    assert {type(fields) for fields in FIELDS.values()} == {Diploma, Transcript, Attestation}


@each_kind
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_up_to_three_sign(kind: str, count: int) -> None:
    hands = tuple(replace(DESIGN.signatories[0], name=f"Théodore Vaillancourt {n}") for n in range(count))
    pdf = composed(FIELDS[kind], replace(DESIGN, signatories=hands))
    text = " ".join(texts(pdf))
    assert [text.count(hand.name) for hand in hands] == [1] * count
    assert failures(pdf, "ua1") == []


@pytest.mark.parametrize("accent", ["#ffffff", "#ffee00", "#000000"])
def test_any_accent_is_printed_legibly(accent: str) -> None:
    assert failures(composed(transcript(), replace(DESIGN, accent=accent)), "3a") == []
