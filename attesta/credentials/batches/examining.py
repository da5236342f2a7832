"""The dry run: every document of a file is read as it would be issued. Nothing is written anywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from uuid import UUID

from django.db import DatabaseError, InterfaceError
from django.db.models import Q

from attesta.credentials import pdf
from attesta.credentials.batches import issuing
from attesta.credentials.batches.documents import Document, Entry, Reading, Uploaded
from attesta.credentials.batches.findings import Broken, Code, Finding, described, line, shown
from attesta.credentials.batches.sources.headers import EMAIL, EXPIRES, FILE, ISSUED, NAME, NUMBER, TITLE_FR
from attesta.credentials.models import Credential, Template
from attesta.credentials.rules import Refusal, Refused
from attesta.organizations.models import Organization

log = logging.getLogger(__name__)

COLUMN_OF = {
    Refusal.EMAIL_INVALID: EMAIL,
    Refusal.DAY_UNLIKELY: ISSUED,
    Refusal.ISSUED_IN_FUTURE: ISSUED,
    Refusal.EXPIRES_BEFORE_ISSUED: EXPIRES,
    Refusal.NAME_TOO_LONG: NAME,
    Refusal.NUMBER_TOO_LONG: NUMBER,
    Refusal.TITLE_MISSING: TITLE_FR,
    Refusal.TITLE_TOO_LONG: TITLE_FR,
}


class Examination:
    """Once ``steps`` ran out: ``findings``, ``notes``, and by entry the ``numbers`` and what was ``issued`` before."""

    def __init__(self, reading: Reading, issuer: Organization, template: Template | None) -> None:
        self.reading, self.issuer, self.template = reading, issuer, template
        self.findings = list(reading.findings)
        self.notes: list[Finding] = []
        self.numbers: dict[int, str] = {}
        self.issued: dict[int, UUID] = {}
        self._absent = {found.column for found in self.findings if found.code == Code.COLUMN_MISSING}
        self._seen: set[str] = set()

    def steps(self) -> Iterator[int]:
        """The number of documents looked at so far, after each."""
        for done, entry in enumerate(self.reading.entries, start=1):
            try:
                self._look(entry)
            except (DatabaseError, InterfaceError, OSError):
                raise
            except Exception as error:
                log.error("%s of a batch could not be read: %s", entry.place, described(error))
                self.numbers.setdefault(entry.number, entry.document_number)
                self.findings.append(Finding(entry.place, "", Code.UNEXPECTED))
            yield done
        self.findings.sort(key=line)

    def _look(self, entry: Entry) -> None:
        try:
            document = self.reading.document(entry)
        except Broken as broken:
            self._is_first(entry, entry.document_number)
            self.findings += [found for found in broken.findings if not self._follows(found)]
            return
        number = document.draft.number
        if not self._is_first(entry, number):
            return
        known = Credential.objects.filter(~Q(number=""), issuer=self.issuer, number=number).first()
        if known:
            self._look_at_known(entry, document, known)
        else:
            self._look_closely(entry, document)

    def _is_first(self, entry: Entry, number: str) -> bool:
        self.numbers[entry.number] = number
        if number in self._seen:
            self._found(entry, Code.NUMBER_TWICE)
            return False
        if number:
            self._seen.add(number)
        return True

    def _follows(self, found: Finding) -> bool:
        """A column that is not there is told once, not for every line."""
        return found.code == Code.MISSING and found.column in self._absent

    def _look_at_known(self, entry: Entry, document: Document, known: Credential) -> None:
        if known.revoked_at:
            self._found(entry, Code.NUMBER_REVOKED)
            return
        try:
            issuing.issued_before(document, self.issuer, self.template)
        except Refused:
            self._found(entry, Code.NUMBER_TAKEN)
            return
        self.issued[entry.number] = known.pk
        self.notes.append(Finding(entry.place, NUMBER, Code.ALREADY_ISSUED, shown(known.number)))

    def _look_closely(self, entry: Entry, document: Document) -> None:
        if code := issuing.draft_refusal(document, self.template):
            self.findings.append(Finding(entry.place, COLUMN_OF.get(code, ""), code))
        if isinstance(document, Uploaded):
            self._look_into(entry, document)

    def _look_into(self, entry: Entry, document: Uploaded) -> None:
        try:
            found = pdf.inspect(document.pdf)
        except Refused as refusal:
            self.findings.append(Finding(entry.place, FILE, str(refusal.code)))
            return
        if found.removed:
            self.notes.append(Finding(entry.place, FILE, Code.CLEANED, ", ".join(found.removed)))

    def _found(self, entry: Entry, code: Code) -> None:
        self.findings.append(Finding(entry.place, NUMBER, code, shown(self.numbers[entry.number])))
