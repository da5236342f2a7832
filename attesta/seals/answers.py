"""The PKCS#11 libraries of this process, and one logged-in session a token.

Calls to a library come one at a time: PKCS#11 promises no more unless it is asked to. A session that died (the token
was restarted, unplugged or reset) is opened again, if need be after the library was started again. After a fork the
child starts libraries anew, as PKCS#11 wants it, and leaves its parent's sessions alone.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pkcs11
from pkcs11._pkcs11 import lib as library

REFUSED_PIN = (
    pkcs11.PinIncorrect,
    pkcs11.PinInvalid,
    pkcs11.PinLenRange,
    pkcs11.PinExpired,
    pkcs11.PinLocked,
    pkcs11.UserPinNotInitialized,
)
PAUSES = (0.1, 0.3, 0.6)  # seconds at most
WRONG_KEY = (pkcs11.NoSuchKey, pkcs11.MultipleObjectsReturned)


class TokenUnavailable(OSError):
    """The token cannot sign now; in plain words, and never with the PIN."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Shows itself to nobody: no repr, log or traceback holds it."""

    value: str = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Pin:
        """A file's first line. Raises TokenUnavailable."""
        try:
            return cls(path.read_text().partition("\n")[0].rstrip("\r"))
        except (OSError, UnicodeDecodeError) as trouble:
            raise TokenUnavailable(f"The PIN's file {path} cannot be read ({type(trouble).__name__}).") from None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is."""

    module: str
    token: str
    pin: Pin
    key: str


@dataclass(frozen=True, slots=True)
class Session:
    opened: pkcs11.Session
    pin: Pin
    keys: dict[str, pkcs11.SignMixin] = field(default_factory=dict)


def use(place: Place, act: Callable[[pkcs11.SignMixin], bytes]) -> bytes:
    """What ``act`` makes with the key; called a few times, until the token answers. Raises TokenUnavailable."""
    with _lock:
        module = _modules.setdefault(place.module, Module(place.module))
    with module.lock:
        try:
            return _tried(module, place, act)
        except pkcs11.PKCS11Error as trouble:
            raise TokenUnavailable(words(trouble, place)) from trouble


def close() -> None:
    """End every session of this process, and its libraries."""
    with _lock:
        for module in _modules.values():
            with module.lock:
                module.close()
        _modules.clear()


def words(trouble: pkcs11.PKCS11Error, place: Place) -> str:
    """For an operator's log."""
    kind = type(trouble).__name__
    if isinstance(trouble, REFUSED_PIN):
        return (
            f"The token {place.token!r} refuses the PIN ({kind}). It is not tried again, because tokens lock "
            "themselves after a few wrong ones: correct the PIN's file, then restart Attesta."
        )
    if isinstance(trouble, pkcs11.NoSuchKey):
        return f"The token {place.token!r} holds no private key called {place.key!r}."
    if isinstance(trouble, pkcs11.MultipleObjectsReturned):
        return f"The token {place.token!r} holds several private keys called {place.key!r}: names must be unique."
    if isinstance(trouble, pkcs11.MultipleTokensReturned):
        return f"Several tokens are called {place.token!r}: names must be unique."
    if isinstance(trouble, pkcs11.NoSuchToken):
        return f"No token is called {place.token!r}."
    return f"The token {place.token!r} does not answer ({kind}: {trouble})."


class Module:
    """One library. Whoever calls holds its lock."""

    def __init__(self, path: str) -> None:
        self.lock = threading.Lock()
        self.loaded: library | None = None
        self._path = path
        self._sessions: dict[str, Session] = {}
        self._refused: dict[tuple[str, Pin], type[pkcs11.PKCS11Error]] = {}

    def key(self, place: Place) -> pkcs11.SignMixin:
        session = self._session(place)
        if place.key not in session.keys:
            found = session.opened.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=place.key)
            if not isinstance(found, pkcs11.SignMixin):
                raise TokenUnavailable(f"The key {place.key!r} on the token {place.token!r} may not sign.")
            session.keys[place.key] = found
        return session.keys[place.key]

    def forget(self, token: str) -> None:
        """The next use opens a new session."""
        if session := self._sessions.pop(token, None):
            with suppress(pkcs11.PKCS11Error):
                session.opened.close()

    def restart(self) -> None:
        """As after the start of the process; sessions of other tokens open anew too."""
        self.close()
        if self.loaded:
            self.loaded.initialize()

    def close(self) -> None:
        self._sessions.clear()
        if self.loaded:
            with suppress(pkcs11.PKCS11Error):
                self.loaded.finalize()

    def _session(self, place: Place) -> Session:
        """Nobody signs on the strength of another's PIN."""
        if refusal := self._refused.get((place.token, place.pin)):
            raise refusal()
        session = self._sessions.get(place.token)
        if session and session.pin == place.pin:
            return session
        self.forget(place.token)
        return self._open(place)

    def _open(self, place: Place) -> Session:
        token = self._library().get_token(token_label=place.token)
        try:
            session = Session(token.open(user_pin=place.pin.value), place.pin)
        except REFUSED_PIN as trouble:
            self._refused[place.token, place.pin] = type(trouble)
            raise
        self._sessions[place.token] = session
        return session

    def _library(self) -> library:
        if self.loaded is None:
            self.loaded = self._load()
        return self.loaded

    def _load(self) -> library:
        inherited = _inherited.get(self._path)
        try:
            return library(self._path)
        except pkcs11.PKCS11Error:
            if inherited is None:
                raise
        with suppress(pkcs11.PKCS11Error):  # some libraries survive a fork and must be stopped first
            inherited.finalize()
        inherited.initialize()
        return inherited


def _tried(module: Module, place: Place, act: Callable[[pkcs11.SignMixin], bytes]) -> bytes:
    for remedy in remedies(module, place):
        try:
            return act(module.key(place))
        except REFUSED_PIN + WRONG_KEY:
            raise
        except pkcs11.PKCS11Error:
            remedy()
    return act(module.key(place))


def remedies(module: Module, place: Place) -> Iterator[Callable[[], None]]:
    """From the cheapest on. Some libraries hide a token for a moment while several processes wake it at once."""
    yield lambda: module.forget(place.token)
    yield module.restart
    for seconds in PAUSES:
        time.sleep(random.uniform(seconds / 2, seconds))  # noqa: S311 - so that they do not meet again
        yield module.restart


def _after_fork() -> None:
    """Old libraries are kept: dropping one would end it, for the parent too if they share a connection."""
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.Lock()
    _inherited.update({path: module.loaded for path, module in _modules.items() if module.loaded})
    _modules.clear()


_lock = threading.Lock()
_modules: dict[str, Module] = {}
_inherited: dict[str, library] = {}
os.register_at_fork(after_in_child=_after_fork)
