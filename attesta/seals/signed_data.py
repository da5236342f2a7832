"""CMS SignedData (RFC 5652) as CAdES wants it (EN 319 122-1): one signer, SHA-256, the certificate itself signed for.

The same document, key and chain give the same structure, byte by byte but for the signature's own bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from asn1crypto.x509 import Certificate
from cryptography import x509

from attesta.seals import der
from attesta.seals.signers import Algorithm, Signer, signature_bytes

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
SHA256 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"))
SIGNATURES = {
    Algorithm.ECDSA_SHA256: der.sequence(der.oid("1.2.840.10045.4.3.2")),
    Algorithm.RSA_SHA256: der.sequence(der.oid("1.2.840.113549.1.1.11"), der.NULL),
}
TAGGED_0, TAGGED_1 = 0xA0, 0xA1


@dataclass(frozen=True, slots=True)
class Content:
    """What is signed: its type, its digest, and itself when it travels inside."""

    type: str
    digest: bytes
    inside: bytes | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Of the signer, encoded: identifier, reference to its certificate, and certificates."""

    identifier: bytes
    reference: bytes
    certificates: bytes
    longest_signature: int


def sign(content: Content, *, signer: Signer) -> bytes:
    """The signature over the content's attributes."""
    return signer.sign(der.set_of(*_attributes(content, identity(signer.chain))))


def assemble(content: Content, signature: bytes, *, signer: Signer, unsigned: tuple[bytes, ...] = ()) -> bytes:
    """The whole ContentInfo."""
    who = identity(signer.chain)
    info = der.sequence(
        der.integer(1),
        who.identifier,
        SHA256,
        der.set_of(*_attributes(content, who), tag=TAGGED_0),
        SIGNATURES[signer.algorithm],
        der.octets(signature),
        *([der.set_of(*unsigned, tag=TAGGED_1)] if unsigned else []),
    )
    inside = [] if content.inside is None else [der.tlv(TAGGED_0, der.octets(content.inside))]
    signed = der.sequence(
        der.integer(1 if content.type == DATA else 3),
        der.set_of(SHA256),
        der.sequence(der.oid(content.type), *inside),
        who.certificates,
        der.set_of(info),
    )
    return der.sequence(der.oid(SIGNED_DATA), der.tlv(TAGGED_0, signed))


def attribute(kind: str, value: bytes) -> bytes:
    return der.sequence(der.oid(kind), der.set_of(value))


@lru_cache(maxsize=256)
def identity(chain: tuple[bytes, ...]) -> Identity:
    own = Certificate.load(chain[0])["tbs_certificate"]
    certificate_id = der.sequence(der.octets(sha256(chain[0]).digest()))
    return Identity(
        identifier=der.sequence(own["issuer"].dump(), own["serial_number"].dump()),
        reference=der.sequence(der.sequence(certificate_id)),
        certificates=der.set_of(*chain, tag=TAGGED_0),
        longest_signature=signature_bytes(x509.load_der_x509_certificate(chain[0])),
    )


def _attributes(content: Content, who: Identity) -> tuple[bytes, ...]:
    """No signing time: PAdES (EN 319 142-1) keeps it in the signature dictionary."""
    return (
        attribute(CONTENT_TYPE, der.oid(content.type)),
        attribute(MESSAGE_DIGEST, der.octets(content.digest)),
        attribute(SIGNING_CERTIFICATE_V2, who.reference),
    )
