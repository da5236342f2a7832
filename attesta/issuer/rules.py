"""What staff prove before they act, and for how long it counts. Who may do what stands in ``organizations.rules``."""

from __future__ import annotations

from attesta.organizations.rules import Act

RECENT = 15 * 60
"""Seconds after a sign-in in which documents may be issued, revoked, exported (trust check 20)."""

GUARDED = frozenset(Act) - {Act.LOOK, Act.TEMPLATES}
"""Acts that ask for a recent sign-in: what they do leaves the house, or cannot be taken back."""


def is_recent(signed_in_at: float | None, now: float) -> bool:
    """Both in seconds since 1970. A sign-in from the future is none."""
    return signed_in_at is not None and 0 <= now - signed_in_at < RECENT


def must_be_recent(act: Act) -> bool:
    return act in GUARDED
