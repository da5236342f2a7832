"""What institutions bring of their own: certificates, keys and time-stamp services, from a TOML file.

::

    [tides]                                  # the institution's short name
    chain = "/etc/attesta/tides.pem"         # its certificate, then those above it (PEM)
    key = "/etc/attesta/tides.key"           # a key file, or:
    token_key = "tides-2026"                 # the key's label on the token (ATTESTA_PKCS11_…)
    roots = ["/etc/attesta/authority.pem"]   # where the chain ends (PEM)
    crls = ["/var/lib/attesta/authority.crl"]  # its lists of revoked certificates (DER), kept fresh by the operator
    time_stamps = "https://tsa.example.org/" # an RFC 3161 service; without it, Attesta's own
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Paths are as written. Exactly one of ``key`` and ``token_key`` is set."""

    chain: str
    key: str = ""
    token_key: str = ""
    roots: tuple[str, ...] = ()
    crls: tuple[str, ...] = ()
    time_stamps: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    by_slug: Mapping[str, Source]


TEXTS = ("chain", "key", "token_key", "time_stamps")
LISTS = ("roots", "crls")


def read(text: str) -> Sources:
    """Raises ValueError with a sentence that names the institution and what is wrong."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ValueError(f"This is not TOML: {problem}.") from None
    return Sources({slug: _source(slug, values) for slug, values in found.items()})


def _source(slug: str, values: Any) -> Source:
    if not isinstance(values, dict):
        raise ValueError(f"{slug} must be a section: [{slug}].")
    for name, value in values.items():
        _check(slug, name, value)
    if "chain" not in values:
        raise ValueError(f"[{slug}] needs a chain: its certificate, then those above it.")
    if ("key" in values) == ("token_key" in values):
        raise ValueError(f"[{slug}] needs either key (a file) or token_key (a label on the token).")
    if not values.get("roots"):
        raise ValueError(f"[{slug}] needs roots: without the chain’s end nobody can trust its seals.")
    address = values.get("time_stamps", "")
    if address and not address.startswith(("https://", "http://")):
        raise ValueError(f"[{slug}] time_stamps must be an address that begins with https:// or http://.")
    return Source(**{name: tuple(value) if name in LISTS else value for name, value in values.items()})


def _check(slug: str, name: str, value: Any) -> None:
    if name in TEXTS:
        fits = isinstance(value, str) and value
    elif name in LISTS:
        fits = isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    else:
        raise ValueError(f"[{slug}] {name} is unknown. Known: {', '.join((*TEXTS, *LISTS))}.")
    if not fits:
        raise ValueError(f"[{slug}] {name} must be {'a list of texts' if name in LISTS else 'a text'}.")
