"""The evidence a PDF carries for its own checking: certificates, revocation lists and responses. Bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from asn1crypto import x509
from cryptography.x509 import load_der_x509_certificate, load_der_x509_crl
from cryptography.x509.ocsp import OCSPResponse, OCSPResponseStatus, load_der_ocsp_response
from pyhanko.pdf_utils.decode_limits import DecodePurpose

from attesta.seals.checking.reading import Document, value
from attesta.seals.checking.revocation import Statements
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
    unique = {each.issuer_serial: each for each in (*islice(inside, MOST_PIECES), *stored)}  # the seal covers the store
    return Trust(
        roots=ours,
        certificates=tuple(unique.values()),
        stored=Statements(
            tuple(_pieces(store, "/CRLs", DecodePurpose.CRL, load_der_x509_crl)),
            tuple(_pieces(store, "/OCSPs", DecodePurpose.OCSP_RESPONSE, _answer)),
        ),
        given=Statements(tuple(_read(crls, load_der_x509_crl))),
    )


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


def _answer(data: bytes) -> OCSPResponse:
    response = load_der_ocsp_response(data)
    if response.response_status != OCSPResponseStatus.SUCCESSFUL:
        raise ValueError("no answer")
    return response
