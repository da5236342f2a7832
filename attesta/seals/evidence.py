"""What a seal carries so that it can be checked offline, years later."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """All DER. ``certificates``: of the signer's and the time-stamp authority's whole chains, roots included."""

    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    ocsps: tuple[bytes, ...] = ()
