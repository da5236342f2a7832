"""The columns that every document has: for whom, which number, when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attesta.accounts.words import tidy
from attesta.credentials import rules
from attesta.credentials.batches.findings import Code, Finding, shown
from attesta.credentials.batches.sources import cells
from attesta.credentials.batches.sources.headers import EMAIL, EXPIRES, ISSUED, NAME, NUMBER, TITLE_EN, TITLE_FR
from attesta.credentials.rules import Draft

LENGTHS = {
    NUMBER: rules.NUMBER_LENGTH,
    EMAIL: rules.EMAIL_LENGTH,
    NAME: rules.NAME_LENGTH,
    TITLE_FR: rules.TITLE_LENGTH,
    TITLE_EN: rules.TITLE_LENGTH,
}
NO_DATE = date(1, 1, 1)


class Reader:
    """Reads one document's cells; keeps everything that is wrong with them, and a stand-in for each."""

    def __init__(self, row: Mapping[str, str], place: str, today: date) -> None:
        self.row, self.place, self.today = row, place, today
        self.findings = list(self._damage())

    def draft(self, *, titled: bool) -> Draft:
        """``titled``: the row names the document too; else its template does."""
        number = self.text(NUMBER, required=True)
        if cells.is_rounded(number):
            self.found(NUMBER, Code.ROUNDED)
        issued, expires = self.day(ISSUED, required=True), self.day(EXPIRES)
        self._check_dates(issued, expires)
        return Draft(
            learner_email=self.email(),
            title_fr=self.text(TITLE_FR, required=True) if titled else "",
            title_en=self.text(TITLE_EN, required=True) if titled else "",
            issued_on=issued or NO_DATE,
            learner_name=self.text(NAME),
            number=number,
            expires_on=expires,
        )

    def text(self, column: str, *, required: bool = False) -> str:
        found = tidy(self.row.get(column, ""))
        if required and not found:
            self.found(column, Code.MISSING)
        if len(found) > LENGTHS[column]:
            self.found(column, Code.TOO_LONG)
        return found

    def email(self) -> str:
        found = self.text(EMAIL, required=True).lower()
        if found and len(found) <= rules.EMAIL_LENGTH and not rules.ADDRESS.fullmatch(found):
            several = found.count("@") > 1
            self.found(EMAIL, Code.EMAIL_SEVERAL if several else Code.EMAIL_INVALID)
        return found

    def day(self, column: str, *, required: bool = False) -> date | None:
        text = self.row.get(column, "").strip()
        if not text:
            if required:
                self.found(column, Code.MISSING)
            return None
        try:
            return cells.day(text)
        except cells.Unreadable as problem:
            self.found(column, problem.code)
            return None

    def found(self, column: str, code: str) -> None:
        """Once a column: a cell that was already told is not told again for what follows from it."""
        if not any(finding.column == column for finding in self.findings):
            self.findings.append(Finding(self.place, column, code, shown(self.row.get(column, ""))))

    def _check_dates(self, issued: date | None, expires: date | None) -> None:
        if issued and rules.issued_in_future(issued, self.today):
            self.found(ISSUED, Code.ISSUED_IN_FUTURE)
        if issued and expires and expires <= issued:
            self.found(EXPIRES, Code.EXPIRES_BEFORE_ISSUED)

    def _damage(self) -> Iterator[Finding]:
        return damage(self.row, self.place)


def damage(row: Mapping[str, str], place: str) -> Iterator[Finding]:
    """Cells that a spreadsheet or a wrong encoding spoiled, whatever their column."""
    for column, cell in row.items():
        if code := cells.text_problem(cell):
            yield Finding(place, column, code, shown(cell))
