"""PESC College Transcripts: one XML file, or a ZIP of them.

Beside them a ZIP may hold ``index.csv``, which says what a file leaves out: for whom it is, above all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath

from attesta.credentials.batches import rules
from attesta.credentials.batches.documents import Composed, Entry
from attesta.credentials.batches.findings import Broken, Code, Finding, shown
from attesta.credentials.batches.sources import drafts, tables
from attesta.credentials.batches.sources.archives import Archive
from attesta.credentials.batches.sources.headers import EMAIL, EXPIRES, FILE, ISSUED, NAME, NUMBER
from attesta.credentials.batches.sources.pdfs import INDEX, MAX_INDEX, file_name
from attesta.credentials.composing import printing
from attesta.credentials.pesc import reading
from attesta.credentials.pesc.elements import MOST_BYTES, Unusable
from attesta.credentials.pesc.reading import Reading

XML = ".xml"
COLUMNS = (FILE, NUMBER, EMAIL, ISSUED, EXPIRES)
CODES = {
    "not-xml": Code.XML_NOT_READ,
    "document-type": Code.XML_DOCUMENT_TYPE,
    "not-a-transcript": Code.XML_NO_TRANSCRIPT,
    "version-unknown": Code.XML_VERSION,
    "too-large": Code.XML_TOO_LARGE,
    "no-courses": Code.XML_NO_COURSES,
}


class Transcripts:
    """``language`` is the one of texts that do not say theirs. Raises Broken on opening an archive that cannot be."""

    def __init__(self, data: bytes, *, language: str, today: date) -> None:
        self.language, self.today = language, today
        self.findings: list[Finding] = []
        self._archive = Archive(data) if data.startswith(b"PK") else None
        self._alone = b"" if self._archive else data
        self._said: dict[str, dict[str, str]] = {}
        places = list(self._files(self._archive)) if self._archive else [""]
        if not places and not self.findings:
            self.findings.append(Finding("", "", Code.TABLE_EMPTY))
        if len(places) > rules.MAX_ROWS:
            self.findings.append(Finding("", "", Code.TABLE_TOO_LONG, str(len(places))))
        self.entries = [Entry(number, place) for number, place in enumerate(places[: rules.MAX_ROWS], start=1)]

    def document(self, entry: Entry) -> Composed:
        """Raises Broken."""
        found = self._read(entry.place)
        reader = drafts.Reader(_row(found, self._said.get(entry.place, {})), entry.place, self.today)
        draft = reader.draft(titled=False)
        unprintable = printing.unprintable(found.transcript)
        reader.findings += [Finding(entry.place, column, Code.UNPRINTABLE, sign) for column, sign in unprintable]
        if reader.findings:
            raise Broken(reader.findings)
        return Composed(draft, found.transcript, is_pesc=True)

    def _read(self, place: str) -> Reading:
        xml = self._archive.read(place, MOST_BYTES) if self._archive else self._alone
        try:
            return reading.read(xml, language=self.language)
        except Unusable as problem:
            raise Broken(
                Finding(place, each.path, CODES.get(each.code, each.code), shown(each.value))
                for each in problem.problems
            ) from None

    def _files(self, archive: Archive) -> Iterator[str]:
        self.findings += archive.findings
        names = archive.names
        index = [name for name in names if PurePosixPath(name).name.lower() == INDEX and name.count("/") < 2]
        if len(index) > 1:
            self.findings.append(Finding("", "", Code.INDEX_TWICE, ", ".join(index)))
        elif index:
            self._take_index(archive, index[0])
        for name in names:
            if name.lower().endswith(XML):
                yield name
            elif name not in index:
                self.findings.append(Finding(shown(name), "", Code.FILE_NOT_XML))

    def _take_index(self, archive: Archive, index: str) -> None:
        table = tables.read(archive.read(index, MAX_INDEX), COLUMNS, (FILE,))
        self.findings += table.findings
        for record in table.records:
            cells = table.cells(record)
            name = index[: -len(INDEX)] + file_name(cells.pop(FILE, ""))
            if name not in archive or name in self._said:
                code = Code.FILE_NAMED_TWICE if name in archive else archive.why_not(name)
                self.findings.append(Finding(record.place, FILE, code, shown(name)))
            else:
                self._said[name] = {column: cell for column, cell in cells.items() if cell}


def _row(found: Reading, said: Mapping[str, str]) -> dict[str, str]:
    """What the file says, and above it what the index says."""
    return {
        NUMBER: found.number,
        EMAIL: found.learner.email,
        NAME: found.learner.name,
        ISSUED: found.issued_on.isoformat() if found.issued_on else "",
        **said,
    }
