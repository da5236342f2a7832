"""The evidence a PDF carries for its own checking: certificates, revocation lists and responses. Bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from asn1crypto import ocsp, x509
from cryptography.x509 import load_der_x509_certificate, load_der_x509_crl
from pyhanko.pdf_utils.decode_limits import DecodePurpose

from attesta.seals.checking.reading import Document, value
from attesta.seals.checking.trust import Trust, parsed

MOST_PIECES = 40
MOST_BYTES = 1024 * 1024


def trust(
    document: Document, *, inside: Iterable[x509.Certificate], roots: Sequence[bytes], crls: Sequence[bytes]
) -> Trust:
    """Our roots, our lists, what the document's store holds, and what stands ``inside`` its signatures."""
    store = value(document.reader.root, "/DSS") or {}
    ours = parsed(tuple(roots))
    stored = _pieces(store, "/Certs", DecodePurpose.CERTIFICATE, _certificate)
    unique = {each.dump(): each for each in (*islice(inside, MOST_PIECES), *stored)}
    return Trust(
        roots=ours,
        certificates=tuple(unique.values()),
        crls=tuple(_pieces(store, "/CRLs", DecodePurpose.CRL, load_der_x509_crl)),
        given=tuple(_read(crls, load_der_x509_crl)),
        ocsps=tuple(_pieces(store, "/OCSPs", DecodePurpose.OCSP_RESPONSE, _response)),
    )


def is_complete(trust: Trust, path: Sequence[x509.Certificate], at: datetime) -> bool:
    """The file alone shows, without our lists, that no certificate on the way was revoked."""
    return bool(path) and replace(trust, given=()).is_shown_unrevoked(path, at) is not None


def _pieces[T](store: Any, key: str, purpose: DecodePurpose, load: Callable[[bytes], T]) -> Iterator[T]:
    try:
        streams = list(islice(store[key], MOST_PIECES))
    except (KeyError, TypeError, ValueError):  # absent, or no list
        return
    yield from _read((stream for stream in _bytes(streams, purpose)), load)


def _bytes(streams: Iterable[Any], purpose: DecodePurpose) -> Iterator[bytes]:
    for stream in streams:
        with suppress(Exception):  # whatever it is then, it is no evidence
            data: bytes = stream.get_object().read_data(purpose)
            if len(data) <= MOST_BYTES:
                yield data


def _read[T](pieces: Iterable[bytes], load: Callable[[bytes], T]) -> Iterator[T]:
    for piece in pieces:
        with suppress(Exception):  # what nobody can read is no evidence
            yield load(piece)


def _certificate(data: bytes) -> x509.Certificate:
    load_der_x509_certificate(data)  # the stricter reader
    certificate: x509.Certificate = x509.Certificate.load(data, strict=True)
    return certificate


def _response(data: bytes) -> ocsp.OCSPResponse:
    response: ocsp.OCSPResponse = ocsp.OCSPResponse.load(data, strict=True)
    assert response.response_data
    return response
