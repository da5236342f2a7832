"""Every kind of problem has its sentence in both languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from attesta.credentials.batches import opening, problems, refusals, rules
from attesta.credentials.batches.findings import Broken, Code
from attesta.credentials.batches.sources.transcripts import CODES
from attesta.credentials.composing import fields
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Template
from attesta.credentials.pesc import reading
from attesta.credentials.rules import Refusal

TOLD_BY_OTHERS = re.compile(r"(?:\.found\(|Unreadable\()[^\n]*?\"([a-z]+(?:-[a-z]+)*)\"(?:, |\))")


def test_every_code_has_a_sentence() -> None:
    assert {code.value for code in Code} <= {str(code) for code in problems.SENTENCES}


def test_every_code_of_composing_has_a_sentence() -> None:
    """As its source tells them; a word that is a column's name is no code."""
    columns = {column.name for kind in DocumentKind for column in fields.columns(kind)} | {"document_number"}
    source = "".join(path.read_text() for path in Path(fields.__file__).parent.glob("*.py"))
    codes = set(TOLD_BY_OTHERS.findall(source)) - columns
    assert len(codes) >= 10
    assert {code for code in codes if problems.sentence(code) == code} == set()


@pytest.mark.parametrize(
    ("form", "file"), [(rules.Form.CSV, b"PK\x03\x04"), (rules.Form.ZIP, b"a,b\n1,2\n"), (rules.Form.ZIP, b"%PDF-1.7")]
)
def test_a_file_that_was_handed_in_as_another_kind_is_not_called_what_it_is_not(form: rules.Form, file: bytes) -> None:
    template = Template(kind=DocumentKind.DIPLOMA)
    with pytest.raises(Broken) as broken:
        opening.read(file, form, template, today=date(2026, 6, 12))
    (found,) = broken.value.findings
    with translation.override("en"):
        told = problems.sentence(found.code).partition(". ")[0]
    assert told in {"This is a spreadsheet or a ZIP file, not a CSV file", "This is not a ZIP file, or it is damaged"}


@pytest.mark.parametrize("code", sorted({*map(str, problems.SENTENCES), *(f"{code}" for code in Refusal)}))
def test_sentences_are_whole_in_both_languages(code: str) -> None:
    with translation.override("en"):
        english = problems.sentence(code)
    with translation.override("fr"):
        french = problems.sentence(code)
    for sentence in (english, french):
        assert sentence[0].isupper()
        assert sentence.rstrip()[-1] in ".?"
    assert english != french


def test_a_code_of_a_later_release_reads_as_itself() -> None:
    assert problems.sentence("too-beautiful") == "too-beautiful"


@pytest.mark.parametrize("refusal", list(rules.Refusal))
def test_every_refusal_has_a_sentence_that_says_nothing_was_changed(refusal: rules.Refusal) -> None:
    with translation.override("en"):
        assert "othing was changed." in str(refusals.refused(refusal))
    with translation.override("fr"):
        assert "ien n’a été modifié." in str(refusals.refused(refusal))


def test_codes_of_the_xml_reader_have_sentences() -> None:
    source = "".join(path.read_text() for path in Path(reading.__file__).parent.glob("*.py"))
    codes = set(re.findall(r'"((?:not|too|no|version|document)-[a-z-]+)"', source)) - {"too-long"}
    assert codes >= {"not-xml", "too-large", "no-courses"}
    from_codes = {code for code in codes if problems.sentence(CODES.get(code, code)) == CODES.get(code, code)}
    assert from_codes == set()
