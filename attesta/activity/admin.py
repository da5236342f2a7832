"""Operators read the ledger; nobody edits it. What a learner wrote of a share, and to whom, stays theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attesta.activity.models import Line

PLAIN = ("channel", "letter", "because", "scope", "version", "page")
"""Facts of a line about a share that are nobody's words."""


@admin.register(Line)
class LineAdmin(admin.ModelAdmin[Line]):
    list_display = ("at", "verb", "actor_label", "for_whom", "issuer_id", "credential_id", "share_id", "told")
    fields = ("id", *list_display, "actor_id", "owner_id")
    readonly_fields = ("for_whom", "told")
    search_fields = ("verb",)
    search_help_text = _(
        "The ID of a share, a document or an institution, a verb such as share-opened, a day such as 2026-06-30; or "
        "two of them."
    )
    ordering = ("-id",)

    @admin.display(description=_("facts"))
    def told(self, line: Line) -> str:
        facts = {key: value for key, value in line.facts.items() if line.share_id is None or key in PLAIN}
        return json.dumps(facts, ensure_ascii=False) if facts else ""

    @admin.display(description=_("for whom"))
    def for_whom(self, line: Line) -> str:
        """Of a share by link it is what its learner calls the recipient."""
        return line.recipient_label if line.share_id is None or is_address(line.recipient_label) else ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Line], search_term: str
    ) -> tuple[QuerySet[Line], bool]:
        for word in search_term.split():
            queryset = queryset.filter(meant(word))
        return queryset, False


def meant(word: str) -> Q:
    """An id is sought where the ledger has an index: an institution's are its own lines, of no document or share."""
    if id := parsed(UUID, word):
        shares, documents = Line.objects.filter(share_id=id), Line.objects.filter(credential_id=id)
        own = Line.objects.filter(issuer_id=id, share_id=None, credential_id=None)
        return Q(pk__in=shares.values("pk").union(documents.values("pk"), own.values("pk"), all=True))
    if day := parsed(moments, word):
        return Q(at__gte=day[0], at__lt=day[1])
    return Q(verb=word)


def is_address(label: str) -> bool:
    try:
        validate_email(label)
    except ValidationError:
        return False
    return True


def moments(word: str) -> tuple[datetime, datetime]:
    """When a day begins and ends where the reader is. Raises ValueError or OverflowError."""
    day = date.fromisoformat(word)
    first, last = (datetime.combine(each, time.min) for each in (day, day + timedelta(days=1)))
    return timezone.make_aware(first), timezone.make_aware(last)


def parsed[T](read: Callable[[str], T], word: str) -> T | None:
    try:
        return read(word)
    except (ValueError, OverflowError):
        return None
