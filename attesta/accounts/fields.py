"""Fields that several doors ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from attesta.accounts.words import tidy


class LineField(forms.CharField):
    """A line that others read: what turns it around, or is not seen, does not count as typed."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")
