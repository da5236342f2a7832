"""Time-stamps (RFC 3161): from our own authority in this process, or from a service over HTTP."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from http.client import HTTPException
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from attesta.seals import answers, der, signed_data
from attesta.seals.signed_data import SHA256, Content
from attesta.seals.signers import Signer

TST_INFO = "1.2.840.113549.1.9.16.1.4"
POLICY = "2.999.3161.1"  # under the arc for examples: an authority of the embedded default promises little
ACCURACY_SECONDS = 1
SERIAL_BITS = 127
NONCE_BITS = 64
REMOTE_BYTES = 12_288
CHUNK = 16_384


class Stamper(Protocol):
    """``chain`` as a signer's (empty when unknown); ``longest`` is how many bytes a token has at most."""

    @property
    def chain(self) -> tuple[bytes, ...]: ...

    @property
    def longest(self) -> int: ...

    def stamp(self, digest: bytes) -> bytes:
        """A DER TimeStampToken over a SHA-256 digest."""
        ...


class LocalStamper:
    """Signs with the time-stamp authority's certificate."""

    def __init__(self, signer: Signer, *, clock: Callable[[], datetime]) -> None:
        self._signer = signer
        self._clock = clock
        self.chain = signer.chain
        self.longest = self._longest()

    def stamp(self, digest: bytes, *, nonce: int | None = None) -> bytes:
        """``nonce``: of who asks over a network, told back."""
        content = self._content(digest, nonce)
        return signed_data.assemble(content, signed_data.sign(content, signer=self._signer), signer=self._signer)

    def _content(self, digest: bytes, nonce: int | None = None) -> Content:
        info = der.sequence(
            der.integer(1),
            der.oid(POLICY),
            _imprint(digest),
            der.integer(secrets.randbits(SERIAL_BITS - 1) | 1 << SERIAL_BITS - 1),
            der.time(self._clock()),
            der.sequence(der.integer(ACCURACY_SECONDS)),
            b"" if nonce is None else der.integer(nonce),
        )
        return Content(TST_INFO, sha256(info).digest(), info)

    def _longest(self) -> int:
        signature = bytes(signed_data.identity(self.chain).longest_signature)
        return len(signed_data.assemble(self._content(bytes(32)), signature, signer=self._signer))


class StampUnavailable(OSError):
    """The time-stamp service gave no token that can be used; in plain words."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """The address is the operator's choice, not the service's."""


class RemoteStamper:
    """Asks a service. ``timeout`` is for the whole exchange, in seconds; ``longest`` bounds the token."""

    def __init__(
        self, url: str, *, timeout: float = 10, chain: tuple[bytes, ...] = (), longest: int = REMOTE_BYTES
    ) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("The address of the time-stamp service must begin with http:// or https://.")
        self._url = url
        self._timeout = timeout
        self._opener = build_opener(_NoRedirect)
        self.chain = chain
        self.longest = longest

    def stamp(self, digest: bytes) -> bytes:
        """Raises StampUnavailable."""
        nonce = secrets.randbits(NONCE_BITS)
        answer = self._ask(der.sequence(der.integer(1), _imprint(digest), der.integer(nonce), der.BOOLEAN_TRUE))
        try:
            token = answers.token(answer, digest=digest, nonce=nonce)
        except answers.Unusable as trouble:
            raise StampUnavailable(str(trouble)) from trouble
        if len(token) > self.longest:
            raise StampUnavailable("The time-stamp service's token is larger than expected.")
        return token

    def _ask(self, query: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        deadline = time.monotonic() + self._timeout
        request = Request(self._url, query, headers)  # noqa: S310 - http or https, see above
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return _read(answer, self.longest + CHUNK, deadline)
        except StampUnavailable:
            raise
        except (OSError, HTTPException) as trouble:
            raise StampUnavailable(f"The time-stamp service cannot be reached: {_kind(trouble)}.") from None


def _kind(trouble: Exception) -> str:
    """Without its words: some repeat the address, which may hold a secret."""
    if isinstance(trouble, HTTPError):
        return f"HTTP Error {trouble.code}"
    reason = trouble.reason if isinstance(trouble, URLError) else trouble
    if isinstance(reason, TimeoutError):
        return "timed out"
    name, number = type(reason).__name__, getattr(reason, "errno", None)
    return f"{name}, errno {number}" if isinstance(number, int) else name


def _read(answer: IO[bytes], limit: int, deadline: float) -> bytes:
    found = b""
    while chunk := answer.read1(CHUNK):  # type: ignore[attr-defined]
        found += chunk
        if len(found) > limit:
            raise StampUnavailable("The time-stamp service's answer is too large.")
        if time.monotonic() > deadline:
            raise StampUnavailable("The time-stamp service takes too long.")
    return found


def _imprint(digest: bytes) -> bytes:
    return der.sequence(SHA256, der.octets(digest))
