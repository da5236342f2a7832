"""The kinds of document that are composed from fields."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    DIPLOMA = "diploma"
    TRANSCRIPT = "transcript"
    ATTESTATION = "attestation"
