"""What an edit changed, one sentence a field, from → to. Of a PIN only that it was set, changed or removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from attesta.web import dates

Change = Sequence[str | None]


def followed_by(first: str, others: Sequence[str]) -> str:
    """A sentence alone has no full stop, as the guide writes it; several have one each."""
    if not others:
        return first
    return " ".join(said if ended(said) else f"{said}." for said in (first, *others))


def ended(said: str) -> bool:
    """A quotation's own mark at its end is enough: ``« Pouvez-vous? »``."""
    return said.rstrip("»” \N{NO-BREAK SPACE}").endswith((".", "!", "?", "…"))


def changes(changed: Mapping[str, Change]) -> list[str]:
    """A sentence for each field, in the form's order; fields of a later release are named as they are."""
    known = [name for name in SENTENCES if name in changed]
    others = [name for name in changed if name not in SENTENCES]
    return [SENTENCES[name](changed[name]) for name in known] + [
        _("The setting “%(name)s” was changed") % {"name": name} for name in others
    ]


def name(change: Change) -> str:
    return _("The name was changed from “%(before)s” to “%(after)s”") % pair(change)


def purpose(change: Change) -> str:
    return three_ways(
        change,
        _("The purpose “%(after)s” was added"),
        _("The purpose “%(before)s” was removed"),
        _("The purpose was changed from “%(before)s” to “%(after)s”"),
    )


def reference(change: Change) -> str:
    return three_ways(
        change,
        _("The reference “%(after)s” was added"),
        _("The reference “%(before)s” was removed"),
        _("The reference was changed from “%(before)s” to “%(after)s”"),
    )


def pin(change: Change) -> str:
    before, after = (value if value in ("set", "none") else "set" for value in change)
    if before == "none":
        return _("A PIN was set")
    return _("The PIN was removed") if after == "none" else _("The PIN was changed")


def expires_at(change: Change) -> str:
    return three_ways(
        [last_day(value) for value in change],
        _("The link was given an expiry date: %(after)s"),
        _("The link’s expiry date, %(before)s, was removed"),
        _("The link’s expiry date was changed from %(before)s to %(after)s"),
    )


def max_consultations(change: Change) -> str:
    return three_ways(
        change,
        _("A limit of views was set: %(after)s"),
        _("The limit of views, %(before)s, was removed"),
        _("The limit of views was changed from %(before)s to %(after)s"),
    )


SENTENCES: dict[str, Callable[[Change], str]] = {
    "name": name,
    "purpose": purpose,
    "reference": reference,
    "pin": pin,
    "expires_at": expires_at,
    "max_consultations": max_consultations,
}


def three_ways(change: Change, added: str, removed: str, changed: str) -> str:
    values = pair(change)
    if not values["before"]:
        return added % values
    return (changed if values["after"] else removed) % values


def pair(change: Change) -> dict[str, str]:
    before, after = change
    return {"before": before or "", "after": after or ""}


def last_day(moment: str | None) -> str | None:
    """The last day on which the link opens: it closes at ``moment`` (ISO 8601), a half-open end."""
    return dates.day(datetime.fromisoformat(moment) - timedelta(seconds=1)) if moment else None
