"""The sentence of every problem: what is wrong, and what to do about it. Where it is stands beside it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attesta.credentials import refusals
from attesta.credentials.batches.findings import Code
from attesta.credentials.rules import Refusal

ARCHIVE: dict[str, Promise] = {
    Code.ARCHIVE_DAMAGED: _("This is not a ZIP file, or it is damaged. Make it again."),
    Code.ARCHIVE_EMPTY: _("The ZIP file holds no file."),
    Code.ARCHIVE_CROWDED: _("The ZIP file holds too many files. A batch holds 20,000 documents: split it."),
    Code.ARCHIVE_BOMB: _("This file would grow more than a hundredfold when it is unpacked. It is not read."),
    Code.ARCHIVE_TOO_LARGE: _("Unpacked, the files are larger than 1 GB together. Split the batch."),
    Code.FILE_LOCKED: _("This file is protected by a password. Make the ZIP file without one."),
    Code.FILE_NAME_UNSAFE: _(
        "The name of this file is too long or leads out of the ZIP file. Give it a plain name, such as 1234.pdf."
    ),
    Code.FILE_TWICE: _("Two files of this name are in the ZIP file. Keep the right one."),
    Code.FILE_IS_LINK: _("This is a link to a file, not a file. Put the file itself into the ZIP file."),
    Code.FILE_IS_ARCHIVE: _("A ZIP file may hold no further archive. Put its files in directly."),
    Code.FILE_COMPRESSION: _("This file is packed by a method that is not read here. Make an ordinary ZIP file."),
    Code.FILE_DAMAGED: _("This file was damaged in the ZIP file. Make the ZIP file again."),
    Code.FILE_TOO_LARGE: _("This file is too large. A PDF may hold 25 MB, a transcript in XML 4 MB."),
    Code.INDEX_MISSING: _("The ZIP file holds no index.csv, which says whose document each PDF is."),
    Code.INDEX_TWICE: _("The ZIP file holds several files named index.csv. Keep one."),
    Code.FILE_NOT_LISTED: _("No line of index.csv names this file. Add its line, or take the file out."),
}
TABLE: dict[str, Promise] = {
    Code.TABLE_IS_SPREADSHEET: _(
        "This is a spreadsheet or a ZIP file, not a CSV file. Save a table as “CSV UTF-8”, hand in a ZIP file as such."
    ),
    Code.TABLE_IS_BINARY: _("This is not a text file. Save the table as “CSV UTF-8”."),
    Code.TABLE_ENCODING: _("The accents of this line cannot be made out. Save the file as “CSV UTF-8”."),
    Code.TABLE_EMPTY: _("The file holds no document."),
    Code.TABLE_TOO_LONG: _("A batch holds 20,000 documents at most. Split it."),
    Code.HEADER_MISSING: _("The first line must name the columns, for example document_number."),
    Code.COLUMN_MISSING: _("This column is required. Add it."),
    Code.COLUMN_UNKNOWN: _(
        "This column is not known. Correct its name, or begin it with # to keep a column for yourself."
    ),
    Code.COLUMN_TWICE: _("Two columns mean the same. Keep one."),
    Code.COLUMN_UNNAMED: _("This value stands in a column without a name."),
    Code.QUOTE_OPEN: _("A quotation mark opens in this line and never closes: all that follows is lost."),
    Code.QUOTE_MISPLACED: _("A quotation mark stands where it may not: double it inside a quoted value."),
    Code.CELL_TOO_LONG: _("A value is far too long. Is a quotation mark missing?"),
    Code.TOO_MANY_CELLS: _("This line has more values than there are columns. Is a value with a comma not quoted?"),
}
CELLS: dict[str, Promise] = {
    Code.MISSING: _("This value is required."),
    Code.TOO_LONG: _("This value is too long."),
    Code.GARBLED: _("The accents were garbled before this file was saved. Correct them at the source."),
    Code.LOST_LETTERS: _("Letters were lost here and replaced by �. Correct them at the source."),
    Code.FORMULA: _("This is a formula, not its result. Save the values of the table."),
    Code.SPREADSHEET_ERROR: _("This is a spreadsheet’s error message, not a value."),
    Code.ROUNDED: _("A spreadsheet shortened this number. Format the column as text and enter it again."),
    Code.EMAIL_INVALID: _("This is not a valid email address."),
    Code.EMAIL_SEVERAL: _("A document goes to one email address. Keep one."),
    Code.DATE_INVALID: _("This is not a date. Write it as 2024-03-22."),
    Code.DATE_AMBIGUOUS: _("Day and month cannot be told apart. Write the date as 2024-03-22."),
    Code.DATE_SHORT_YEAR: _("The year has two digits only. Write the date as 2024-03-22."),
    Code.DATE_SERIAL: _("This is a spreadsheet’s own count of days. Format the column as a date, 2024-03-22."),
    Code.ISSUED_IN_FUTURE: _("The date of issue lies in the future."),
    Code.EXPIRES_BEFORE_ISSUED: _("The document would expire on or before its date of issue."),
    Code.NUMBER_TWICE: _("Another line of this file has the same document number."),
    Code.NUMBER_TAKEN: _(
        "Another document of your institution has this number. Choose another number, or update that document."
    ),
    Code.NUMBER_REVOKED: _("The document with this number was revoked. Issue the new one under another number."),
    Code.FILE_NOT_THERE: _("The ZIP file holds no file of this name. Capital letters count."),
    Code.FILE_NAMED_TWICE: _("Another line names the same file. Each document has its own."),
    Code.DIFFERS: _("This line says something else than the first line of the same document."),
    Code.UNPRINTABLE: _("This character cannot be printed with the typefaces at hand."),
}
FIELDS: dict[str, Promise] = {
    "term-invalid": _("This is not the first month of a term. Write it as 2025-09."),
    "number-invalid": _("This is not a number such as 3 or 3.84."),
    "json-invalid": _("This is not JSON of the form that docs/formats.md shows."),
    "repeated": _("Another line of this file has the same document number."),
    "other-language-missing": _("This text was given in the other language: give it in this one too."),
    "before-start": _("The end lies before the beginning."),
    "too-many": _("There are too many of these in one document."),
    "unknown": _("This name is not known here."),
    "above-top": _("The average is higher than the highest possible."),
    "both-ways": _("The courses are given twice: as JSON, and in columns of their own."),
    "title-missing": _("The course needs a title, in French or in English."),
}
XML: dict[str, Promise] = {
    Code.FILE_NOT_XML: _("Beside index.csv, only files whose names end in .xml belong here. Take this one out."),
    Code.XML_NOT_READ: _("This is not XML, or it is damaged."),
    Code.XML_DOCUMENT_TYPE: _("XML with a document type of its own is not read. Take <!DOCTYPE …> out."),
    Code.XML_NO_TRANSCRIPT: _("This XML is not a PESC College Transcript."),
    Code.XML_VERSION: _("This version of the PESC College Transcript is not read. Versions 1.3 to 1.8 are."),
    Code.XML_TOO_LARGE: _("This transcript is too large. Its XML may hold 4 MB and 60,000 elements."),
    Code.XML_NO_COURSES: _("This transcript holds no course."),
}
PDFS: dict[str, Promise] = {
    Refusal.EMPTY: _("The file is empty."),
    Refusal.TOO_LARGE: _("The file is larger than 25 MB."),
    Refusal.NOT_A_PDF: _("The file is not a PDF."),
    Refusal.POLYGLOT: _("The file is a PDF and something else at once, such as an archive or a web page."),
    Refusal.TRUNCATED: _("The PDF is incomplete: its end is missing."),
    Refusal.ENCRYPTED: _("The PDF is encrypted or protected by a password. Export it without protection."),
    Refusal.ALREADY_SIGNED: _("The PDF is already signed. Hand in the one from before it was signed."),
    Refusal.PORTFOLIO: _("The PDF is a portfolio of several files. Export each document as a PDF of its own."),
    Refusal.DYNAMIC_FORM: _("The PDF is a dynamic form, which shows what it likes. Print it to PDF and use that."),
    Refusal.DAMAGED: _("The PDF is damaged and cannot be read. Export it again."),
    Refusal.TOO_MANY_PAGES: _("The PDF has more than 500 pages."),
    Refusal.PAGE_TOO_LARGE: _("A page of the PDF is too large or too long to be shown. Use an ordinary paper size."),
    Refusal.UNREADABLE: _("The PDF asks for more time or memory than is allowed. Make a simpler one."),
}
ISSUING: dict[str, Promise] = {
    Code.INTERRUPTED: _("Issuing this document was interrupted too often. Hand the batch in again, or ask for help."),
    Code.UNEXPECTED: _("This document could not be made, for a reason that the service’s operator finds in its log."),
    Code.ALREADY_ISSUED: _("This very document was already issued under this number. It will be skipped."),
    Code.CLEANED: _("The PDF has active content, which is taken out before it is sealed. What it shows stays."),
}
SENTENCES: dict[str, Promise] = {**ARCHIVE, **TABLE, **CELLS, **FIELDS, **XML, **PDFS, **ISSUING}


def sentence(code: str) -> str:
    """In the language of the moment. A code of a later release reads as itself."""
    said = SENTENCES.get(code)
    if said is None and code in Refusal:
        said = refusals.SENTENCES[Refusal(code)]
    return str(said) if said is not None else code
