"""The names that sentences are made with: documents in the reader's language, with the right article."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from attesta.activity.models import Line
from attesta.web.languages import in_order

Names = dict[str, object]
VOWELS = "aeiouœæ"


def names(line: Line) -> Names:
    """What a line's sentence may name. ``of_documents`` is "of Diploma" or "of 3 documents"."""
    facts = line.facts
    document = title(facts["document"] if isinstance(facts.get("document"), Mapping) else facts)
    return {
        "document": document,
        "of_document": of(document),
        "of_documents": of_documents([title(each) for each in facts.get("documents", [])]),
        "recipient": line.recipient_label or _("the recipient"),
        "page": facts.get("page", ""),
        "version": facts.get("version", ""),
        "file": facts.get("file", ""),
        "template": facts.get("template", ""),
        **roles(facts.get("role")),
        **thresholds(facts.get("above")),
    }


def roles(told: object) -> dict[str, object]:
    """A line about a member names one role, or the one before and the one after."""
    before, after = told if isinstance(told, list) and len(told) == 2 else ("", told or "")
    return {"role_before": role(str(before)), "role": role(str(after))}


def thresholds(told: object) -> dict[str, object]:
    before, after = told if isinstance(told, list) and len(told) == 2 else ("", "")
    return {"above_before": before, "above": after}


def role(code: str) -> str:
    """What a member of staff is called inside a sentence."""
    return {
        "administrator": pgettext("role", "administrator"),
        "issuer": pgettext("role", "issuer"),
        "reader": pgettext("role", "reader"),
    }.get(code, code)


def title(names_of_one: Mapping[str, Any]) -> str:
    """The title in the reader's language, as it was when the line was written."""
    first, second = in_order()
    return str(names_of_one.get(first) or names_of_one.get(second) or _("a document"))


def of_documents(titles: list[str]) -> str:
    if len(titles) == 1:
        return of(titles[0])
    if not titles:
        return _("of documents")
    return ngettext("of %(count)s document", "of %(count)s documents", len(titles)) % {"count": len(titles)}


def of(document: str) -> str:
    """``de Diplôme``, ``d’Attestation``; English has one form for both."""
    if begins_with_vowel(document):
        return pgettext("before a vowel", "of %(document)s") % {"document": document}
    return _("of %(document)s") % {"document": document}


def begins_with_vowel(text: str) -> bool:
    """By the bare letter: É counts as e."""
    return unicodedata.normalize("NFD", text.casefold())[:1] in set(VOWELS)
