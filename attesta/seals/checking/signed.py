"""One CMS signature by itself: does it fit what it signs, and is every byte of it accounted for?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms, core, parser, x509
from cryptography.hazmat.primitives.hashes import Hash
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity
from pyhanko_certvalidator.policy_decl import DEFAULT_WEAK_HASH_ALGOS
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

LEAST_RSA_BITS = 2048
TOKEN = "signature_time_stamp_token"  # noqa: S105 - an attribute's name


@dataclass(frozen=True, slots=True)
class Signed:
    """``intact``: the digest inside is the content's. ``valid``: the signer's key made this signature.
    ``weak``: by an algorithm that can be forged. ``odd``: something in it is not as the standard has it."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    algorithm: str
    intact: bool
    valid: bool
    weak: bool
    odd: bool


def examine(data: cms.SignedData, digest: bytes | None = None) -> Signed:
    """``digest``: of the detached content; without it the content is inside. Raises anything on a malformed one."""
    signer = extract_signer_info(data)
    found = extract_certs_for_validation(data)
    content = data["encap_content_info"]
    method = signer["digest_algorithm"]["algorithm"].native
    if (digest is None) == (content["content"] is core.VOID):
        raise ValueError("the content is on the wrong side")
    intact, valid = validate_sig_integrity(
        signer,
        found.signer_cert,
        content["content_type"].native,
        digest if digest is not None else _hashed(method, bytes(content["content"])),
    )
    return Signed(
        certificate=found.signer_cert,
        others=tuple(found.other_certs),
        algorithm=_algorithm(signer),
        intact=intact,
        valid=valid,
        weak=_is_weak(signer, found.signer_cert),
        odd=_is_odd(data, signer, found.signer_cert),
    )


def tokens(data: cms.SignedData) -> Iterator[cms.SignedData]:
    """The time-stamps on a signature."""
    for attribute in _unsigned(extract_signer_info(data)):
        if attribute["type"].native == TOKEN:
            yield from (value["content"] for value in attribute["values"])


def _hashed(method: str, content: bytes) -> bytes:
    digest = Hash(get_pyca_cryptography_hash(method))
    digest.update(content)
    return digest.finalize()


def _algorithm(signer: cms.SignerInfo) -> str:
    digest: str = signer["digest_algorithm"]["algorithm"].native
    return f"{signer['signature_algorithm'].signature_algo}, {digest}"


def _is_weak(signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    key = certificate.public_key
    digests = {signer["digest_algorithm"]["algorithm"].native}
    if signer["signature_algorithm"].signature_algo != "rsassa_pkcs1v15":
        digests |= _own_digest(signer["signature_algorithm"])
    return bool(digests & DEFAULT_WEAK_HASH_ALGOS) or (key.algorithm == "rsa" and key.bit_size < LEAST_RSA_BITS)


def _own_digest(algorithm: algos.SignedDigestAlgorithm) -> set[str]:
    try:
        return {algorithm.hash_algo}
    except ValueError:  # the algorithm names none
        return set()


def _is_odd(data: cms.SignedData, signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    """The signature does not cover these parts; each has one right value."""
    return (
        _has_more_parts(data)
        or _has_more_parts(signer)
        or _has_wrong_version(data, signer)
        or not all(_is_plain(each) for each in (*data["digest_algorithms"], signer["digest_algorithm"]))
        or [each.native for each in data["digest_algorithms"]] != [signer["digest_algorithm"].native]
        or any(attribute["type"].native != TOKEN for attribute in _unsigned(signer))
        or not _names_exactly(signer["sid"].chosen, certificate)
    )


def _has_more_parts(value: cms.SignedData | cms.SignerInfo) -> bool:
    """Than are read."""
    rest, count = value.contents, 0
    while rest:
        rest, count = rest[parser.peek(rest) :], count + 1
    return bool(count != sum(value[name] is not core.VOID for name in value))


def _has_wrong_version(data: cms.SignedData, signer: cms.SignerInfo) -> bool:
    """RFC 5652, 5.1 and 5.3."""
    by_number = signer["sid"].name == "issuer_and_serial_number"
    plain = data["encap_content_info"]["content_type"].native == "data" and by_number
    right = ("v1" if plain else "v3", "v1" if by_number else "v3")
    return (data["version"].native, signer["version"].native) != right


def _names_exactly(sid: Any, certificate: x509.Certificate) -> bool:
    """Names are compared without regard to case; here the bytes are."""
    if not isinstance(sid, cms.IssuerAndSerialNumber):
        return True
    return bool(sid["issuer"].dump() == certificate.issuer.dump())


def _is_plain(algorithm: Any) -> bool:
    """No parameters, or NULL."""
    return algorithm["parameters"].dump() in {b"", b"\x05\x00"}


def _unsigned(signer: cms.SignerInfo) -> Any:
    attributes = signer["unsigned_attrs"]
    return () if attributes is core.VOID else attributes
