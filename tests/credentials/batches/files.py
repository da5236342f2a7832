"""Files as institutions hand them in, made for tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from tests.harness.pdfs import make_pdf

INDEX = ("file", "document_number", "learner_email", "learner_name", "title_fr", "title_en", "issued_on", "expires_on")
ROW = {
    "learner_email": "zoe@example.org",
    "learner_name": "Zoé Citoyenne",
    "title_fr": "Diplôme de baccalauréat",
    "title_en": "Bachelor’s degree",
    "issued_on": "2024-03-22",
}
DEGREE = {"degree_fr": "Bachelière ès sciences", "degree_en": "Bachelor of Science"}
COURSE = {
    "term": "2023-09",
    "course_code": "OCE-1010",
    "course_title_fr": "Introduction",
    "course_title_en": "Introduction",
    "course_credits": "3",
    "grade": "A+",
}


def table(rows: Iterable[Mapping[str, str]], columns: Sequence[str] | None = None, separator: str = ",") -> str:
    """A CSV whose columns are those of its rows."""
    rows = list(rows)
    names = columns or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP; the same files, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def index_row(number: int, **other: str) -> dict[str, str]:
    return {"file": f"{number}.pdf", "document_number": f"D-{number}", **ROW, **other}


def pdfs(count: int, *, first: int = 1) -> bytes:
    """``count`` PDFs, each another one, with their index."""
    numbers = range(first, first + count)
    files: dict[str, bytes | str] = {f"{n}.pdf": make_pdf(text=f"Diplôme {n}") for n in numbers}
    return packed({**files, "index.csv": table([index_row(n) for n in numbers], INDEX)})


def diploma_row(number: int, **other: str) -> dict[str, str]:
    row = {name: value for name, value in ROW.items() if not name.startswith("title")}
    return {"document_number": f"D-{number}", **row, **DEGREE, **other}


def diplomas(count: int) -> bytes:
    return table(diploma_row(n) for n in range(1, count + 1)).encode()


def transcript_rows(number: int, courses: int = 2, **other: str) -> list[dict[str, str]]:
    row = {name: value for name, value in ROW.items() if not name.startswith("title")}
    shared = {"document_number": f"T-{number}", **row, "student_number": f"2021{number:04}"}
    programme = {"programme_fr": "Baccalauréat en océanographie", "programme_en": "Bachelor in Oceanography"}
    return [
        {**shared, **programme, **COURSE, "course_code": f"OCE-{1000 + course}", **other} for course in range(courses)
    ]


def transcripts(count: int, courses: int = 2) -> bytes:
    return table(row for n in range(1, count + 1) for row in transcript_rows(n, courses)).encode()
