"""Who writes a letter of which kind. The rooms that own a kind register its composer when the app starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils import translation

from attesta.mail.models import Letter


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter as it is read. ``headers`` may hold what ``envelopes.ALLOWED`` names."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Untrue(Exception):
    """No error: a letter that is no longer true. ``because``: why, in a word of the composer's room."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


class Composer(Protocol):
    def compose(self, letter: Letter) -> Composition | None:
        """Write it, now that it leaves, in the active language. None when it is no longer true: it is withdrawn.

        Raises Untrue for the same, when whoever caused it is told why.
        """

    def settled(self, letter: Letter, *, at: datetime) -> None:
        """Called in the transaction that settles it: ``letter.state`` is sent or dead."""


class UnknownKind(LookupError):
    """No room has registered this kind: an older release meets a letter of a newer one."""


_composers: dict[str, Composer] = {}


def register(kind: str, composer: Composer) -> None:
    """Name the composer of ``kind``, for example ``shares.invitation``. The last one registered writes."""
    _composers[kind] = composer


def forget(kind: str) -> None:
    """Undo ``register``: a room left."""
    _composers.pop(kind, None)


def known(kind: str) -> bool:
    return kind in _composers


def of(kind: str) -> Composer:
    """Raises UnknownKind."""
    try:
        return _composers[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def compose(letter: Letter) -> Composition | None:
    """The letter as it would leave now, in its own language. Raises whatever else its composer raises."""
    try:
        return write(letter)
    except Untrue:
        return None


def write(letter: Letter) -> Composition | None:
    """As ``compose``. Raises Untrue, too."""
    with translation.override(letter.language):
        return of(letter.kind).compose(letter)
