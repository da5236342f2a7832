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
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from attesta.seals.checking.reading import Document, value
from attesta.seals.checking.revocation import Statements
from attesta.seals.checking.trust import Trust, parsed

ARCHIVE = "adobe_revocation_info_archival"
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
        stored=_archived(document.seals)
        + Statements(
            tuple(_pieces(store, "/CRLs", DecodePurpose.CRL, load_der_x509_crl)),
            tuple(_pieces(store, "/OCSPs", DecodePurpose.OCSP_RESPONSE, _answer)),
        ),
        given=Statements(tuple(_read(crls, load_der_x509_crl))),
    )


def _archived(seals: Iterable[EmbeddedPdfSignature]) -> Statements:
    """What stands among the signed attributes, as other programs did before there was a store."""
    kept = list(islice(_archives(seals), MOST_PIECES))
    lists = (each.dump() for archive in kept for each in islice(archive["crl"], MOST_PIECES))
    answers = (each.dump() for archive in kept for each in islice(archive["ocsp"], MOST_PIECES))
    return Statements(tuple(_read(lists, load_der_x509_crl)), tuple(_read(answers, _answer)))


def _archives(seals: Iterable[EmbeddedPdfSignature]) -> Iterator[Any]:
    for seal in seals:
        with suppress(Exception):  # no attributes, or none that anybody can read
            yield from find_cms_attribute_iter(seal.signer_info["signed_attrs"], ARCHIVE)


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
