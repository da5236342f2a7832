"""Checks a sealed PDF of any origin: what it is, who sealed it, when, and what happened to it since."""

from __future__ import annotations

from attesta.seals.checking.checks import check

__all__ = ["check"]
