"""Which acts of staff ask for a recent sign-in. Who may do what stands in ``organizations.rules``."""

from __future__ import annotations

from attesta.organizations.rules import Act

GUARDED = frozenset(Act) - {Act.LOOK, Act.TEMPLATES}
"""Acts that ask for a recent sign-in: what they do leaves the house, or cannot be taken back."""


def must_be_recent(act: Act) -> bool:
    return act in GUARDED
