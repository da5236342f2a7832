"""What the address of a list asks for. Anything unknown means the usual: a filter never complains."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property


class Filter(forms.Form):
    """A form whose fields all have a value: what was asked for, or the first choice."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")

    def value(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or self.first(name))

    def first(self, name: str) -> str:
        choices = getattr(self.fields[name], "choices", None)
        return str(next(iter(choices))[0]) if choices else ""

    @cached_property
    def number(self) -> int:
        """Which page, from 1."""
        return number_of(self.data.get("page")) or 1


def number_of(text: str | None) -> int | None:
    """A page or version number from an address; None for anything else."""
    return int(text) if text and re.fullmatch(r"[1-9][0-9]{0,8}", text, re.ASCII) else None


def uuid_of(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
