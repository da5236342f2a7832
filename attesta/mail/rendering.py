"""The one template family of all letters: plain text and HTML of the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import wrap

from attesta.mail.composers import Composition

NO_BREAK = "\u00a0\u202f"  # French sets them before : and inside « »


@dataclass(frozen=True, slots=True)
class Twin:
    """The same letter in the other language, below, for a reader whose language nobody knows."""

    language: str
    heading: str
    paragraphs: Sequence[str]
    button: tuple[str, str] | None
    notes: Sequence[str]

    @classmethod
    def of(cls, language: str, words: Mapping[str, Any]) -> Self:
        """From what ``compose`` is given for that language."""
        return cls(language, words["heading"], words["paragraphs"], words.get("button"), words["notes"])


def compose(
    *,
    language: str,
    subject: str,
    heading: str,
    paragraphs: Sequence[str],
    button: tuple[str, str] | None = None,
    code: str | None = None,
    notes: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    quote: str | None = None,
    why: str | None = None,
    unsubscribe: str | None = None,
    twin: Twin | None = None,
) -> Composition:
    """Lay out a letter. Every value is plain text; the HTML twin escapes it.

    ``button`` is (label, address). ``quote`` holds words that a person typed, shown as theirs, not ours.
    ``why`` says why one gets this letter. ``unsubscribe`` is the address of a page where one can turn such
    letters off: it stands in the footer and in List-Unsubscribe (RFC 2369). Give it for letters one can do without.
    """
    context = {
        "language": language,
        "subject": one_line(subject),
        "heading": heading,
        "paragraphs": paragraphs,
        "quote": quote,
        "quote_lines": wrap(quote or "", 70).splitlines(),
        "button": button,
        "code": code,
        "notes": notes,
        "why": why,
        "unsubscribe": unsubscribe,
        "twin": twin,
        "answered": "Reply-To" in (headers or {}),
        "host": urlsplit(settings.BASE_URL).netloc,
    }
    text, html = written(language, context)
    listed = {"List-Unsubscribe": f"<{unsubscribe}>"} if unsubscribe else {}
    return Composition(subject=one_line(subject), text=text, html=html, headers={**(headers or {}), **listed})


def written(language: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """In plain text and in HTML."""
    with translation.override(language):
        return render_to_string("mail/letter.txt", {**context}), render_to_string("mail/letter.html", {**context})


def one_line(text: str) -> str:
    """A header's value: no line breaks, no control characters, no runs of spaces."""
    kept = "".join(sign if sign.isprintable() or sign in NO_BREAK else " " for sign in text)
    return " ".join(part for part in kept.split(" ") if part)
