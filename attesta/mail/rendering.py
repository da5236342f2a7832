"""The one template family of all letters: plain text and HTML of the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import wrap

from attesta.mail.composers import Composition

NO_BREAK = "\u00a0\u202f"  # French sets them before : and inside « »


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
) -> Composition:
    """Lay out a letter. Every value is plain text; the HTML twin escapes it.

    ``button`` is (label, address). ``quote`` holds words that a person typed, shown as theirs, not ours.
    ``why`` says why one gets this letter. ``unsubscribe`` is the address of a page where one can turn such
    letters off: it stands in the footer and in List-Unsubscribe (RFC 2369). Give it for letters one can do without.
    """
    with translation.override(language):
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
            "answered": "Reply-To" in (headers or {}),
            "host": urlsplit(settings.BASE_URL).netloc,
        }
        text = render_to_string("mail/letter.txt", context)
        html = render_to_string("mail/letter.html", context)
    listed = {"List-Unsubscribe": f"<{unsubscribe}>"} if unsubscribe else {}
    return Composition(subject=one_line(subject), text=text, html=html, headers={**(headers or {}), **listed})


def one_line(text: str) -> str:
    """A header's value: no line breaks, no control characters, no runs of spaces."""
    kept = "".join(sign if sign.isprintable() or sign in NO_BREAK else " " for sign in text)
    return " ".join(part for part in kept.split(" ") if part)
