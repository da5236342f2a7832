"""The dry run: every document of a file is read as it would be issued. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

from attesta.credentials import pdf
from attesta.credentials.batches import issuing
from attesta.credentials.batches.documents import Composed, Document, Entry, Reading
from attesta.credentials.batches.findings import Broken, Code, Finding, shown
from attesta.credentials.batches.sources.headers import EMAIL, EXPIRES, FILE, ISSUED, NAME, NUMBER, TITLE_FR
from attesta.credentials.models import Credential, Template
from attesta.credentials.rules import Refusal, Refused
from attesta.organizations.models import Organization

LOOKED_UP_TOGETHER = 200
COLUMN_OF = {
    Refusal.EMAIL_INVALID: EMAIL,
    Refusal.ISSUED_IN_FUTURE: ISSUED,
    Refusal.EXPIRES_BEFORE_ISSUED: EXPIRES,
    Refusal.NAME_TOO_LONG: NAME,
    Refusal.NUMBER_TOO_LONG: NUMBER,
    Refusal.TITLE_MISSING: TITLE_FR,
    Refusal.TITLE_TOO_LONG: TITLE_FR,
}


@dataclass(frozen=True, slots=True)
class Known:
    credential: UUID
    revoked: bool


class Examination:
    """``findings`` and ``notes`` once ``steps`` ran out; ``issued`` is what this very file issued before, by entry."""

    def __init__(self, reading: Reading, issuer: Organization, template: Template | None) -> None:
        self.reading, self.issuer, self.template = reading, issuer, template
        self.findings = list(reading.findings)
        self.notes: list[Finding] = []
        self.issued: dict[int, UUID] = {}
        self._absent = {found.column for found in self.findings if found.code == Code.COLUMN_MISSING}
        self._seen: dict[str, str] = {}

    def steps(self) -> Iterator[int]:
        """The number of documents looked at so far, after each."""
        done = 0
        for entries in batched(self.reading.entries, LOOKED_UP_TOGETHER):
            known = self._known(entries)
            for entry in entries:
                self._look(entry, known.get(entry.document_number))
                done += 1
                yield done

    def _known(self, entries: tuple[Entry, ...]) -> dict[str, Known]:
        numbers = {entry.document_number for entry in entries if entry.document_number}
        rows = Credential.objects.filter(issuer=self.issuer, number__in=numbers)
        return {
            number: Known(pk, revoked is not None)
            for number, pk, revoked in rows.values_list("number", "pk", "revoked_at")
        }

    def _look(self, entry: Entry, known: Known | None) -> None:
        if (number := entry.document_number) and self._seen.setdefault(number, entry.place) != entry.place:
            self._found(entry, NUMBER, Code.NUMBER_TWICE)
        try:
            document = self.reading.document(entry)
        except Broken as broken:
            self.findings += [found for found in broken.findings if not self._follows(found)]
            return
        if known:
            self._look_at_known(entry, document, known)
        else:
            self._look_closely(entry, document)

    def _follows(self, found: Finding) -> bool:
        """A column that is not there is told once, not for every line."""
        return found.code == Code.MISSING and found.column in self._absent

    def _look_at_known(self, entry: Entry, document: Document, known: Known) -> None:
        if known.revoked:
            self._found(entry, NUMBER, Code.NUMBER_REVOKED)
            return
        try:
            credential = issuing.issued_before(document, self.issuer, self.template)
        except Refused:
            credential = None
        if credential is None:
            self._found(entry, NUMBER, Code.NUMBER_TAKEN)
            return
        self.issued[entry.number] = credential.pk
        self.notes.append(Finding(entry.place, NUMBER, Code.ALREADY_ISSUED, entry.document_number))

    def _look_closely(self, entry: Entry, document: Document) -> None:
        if code := issuing.draft_refusal(document.draft, self.template):
            self.findings.append(Finding(entry.place, COLUMN_OF.get(code, ""), code))
        if isinstance(document, Composed):
            return
        try:
            pdf.check(document.pdf)
        except Refused as refusal:
            self.findings.append(Finding(entry.place, FILE, str(refusal.code)))

    def _found(self, entry: Entry, column: str, code: Code) -> None:
        self.findings.append(Finding(entry.place, column, code, shown(entry.document_number)))
