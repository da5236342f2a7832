"""``{% load batches %}``: numbers and forms of batches in words."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from attesta.credentials.models import Batch
from attesta.issuer.forms.batches import FORMS

register = template.Library()


@register.filter
def counted(number: int) -> str:
    """``2 000`` in French, ``2,000`` in English."""
    return number_format(number, force_grouping=True)


@register.filter
def form_word(batch: Batch) -> str:
    """What was handed in, and with which template."""
    word = str(FORMS[batch.form][0])
    return f"{word} · {batch.template.name}" if batch.template else word


@register.filter
def left(batch: Batch) -> int:
    """Documents that are still to be issued."""
    return batch.row_count - batch.issued_count - batch.failed_count


@register.filter
def together(batch: Batch) -> int:
    """With what its author had handed in alone within the day before."""
    return batch.alone_before + left(batch)


@register.filter
def place_word(place: str) -> str:
    """``Row 12``; a file by its name; a dash for the file as a whole."""
    return _("Row %(number)s") % {"number": place} if place.isdecimal() else place or "–"
