"""Reads the file in which an operator names the certificates that institutions bring of their own (docs/sealing.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

SHORT_NAME = re.compile(r"[-a-zA-Z0-9_]+")


@dataclass(frozen=True, slots=True)
class Source:
    """Paths are absolute. Either ``key`` (a file) or ``token_key`` (a label on the token) is set.

    ``chain``: PEM, the institution's own certificate first. ``roots``: PEM, of the certificate and of the time-stamp
    service. ``crls``: DER. Without ``time_stamps`` (an address) Attesta stamps itself.
    """

    chain: str
    key: str = ""
    token_key: str = ""
    time_stamps: str = ""
    roots: tuple[str, ...] = ()
    crls: tuple[str, ...] = ()


ENTRIES = tuple(entry.name for entry in fields(Source))
LISTS = ("roots", "crls")
PATHS = ("chain", "key", "roots", "crls")


def read(text: str) -> Mapping[str, Source]:
    """By the institution's short name. Raises ValueError with one sentence for each mistake."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise ValueError(f"This is not TOML: {trouble}.") from None
    mistakes = [mistake for slug, table in tables.items() for mistake in _mistakes(slug, table)]
    if mistakes:
        raise ValueError(" ".join(mistakes))
    return {slug: _source(table) for slug, table in tables.items()}


def _source(table: dict[str, Any]) -> Source:
    return Source(**{**table, **{name: tuple(table[name]) for name in LISTS if name in table}})


def _mistakes(slug: str, table: object) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{slug}: begin each institution with its short name in brackets, as [{slug}]."
        return
    if not SHORT_NAME.fullmatch(slug):
        yield f"[{slug}]: this is no short name of an institution (letters without accents, digits, hyphens)."
    kinds = [*_unknown(slug, table), *_kinds(slug, table)]
    yield from kinds or _contents(slug, table)


def _unknown(slug: str, table: dict[str, object]) -> Iterator[str]:
    for name in table:
        if name not in ENTRIES:
            close = get_close_matches(name, ENTRIES, n=1)
            meant = f"did you mean {close[0]}?" if close else f"known are {', '.join(ENTRIES)}."
            yield f"[{slug}] {name}: this entry is not known; {meant}"


def _kinds(slug: str, table: dict[str, object]) -> Iterator[str]:
    for name, value in table.items():
        if name in LISTS:
            if not (isinstance(value, list) and value and all(isinstance(item, str) and item for item in value)):
                yield f'[{slug}] {name}: write a list of paths, as ["/etc/attesta/root.pem"].'
        elif name in ENTRIES and not (isinstance(value, str) and value.strip()):
            yield f"[{slug}] {name}: write text between quotes."


def _contents(slug: str, table: dict[str, Any]) -> Iterator[str]:
    if "chain" not in table:
        yield f"[{slug}]: chain is missing: the file with its certificate and those between it and its root."
    if "roots" not in table:
        yield f"[{slug}]: roots is missing: the root certificates that its seals lead to."
    if ("key" in table) == ("token_key" in table):
        yield f"[{slug}]: name either key (a file) or token_key (the key's label on the token), one of the two."
    for name in PATHS:
        for path in _listed(table.get(name, ())):
            if not path.startswith("/"):
                yield f"[{slug}] {name}: {path} must be a whole path, beginning with /."
    if "time_stamps" in table and not _is_address(table["time_stamps"]):
        yield f"[{slug}] time_stamps: write the address of the service, beginning with https:// or http://."
    elif "time_stamps" in table and _has_account(table["time_stamps"]):
        yield f"[{slug}] time_stamps: leave the name and password before the @ out: they would not be sent."


def _listed(value: str | list[str] | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _has_account(address: str) -> bool:
    """Nobody repeats such an address: it stands in the log whenever the service is away."""
    return "@" in urlsplit(address).netloc
