"""What a time-stamp service answers (RFC 3161), read and checked before anything relies on it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from asn1crypto.cms import ContentInfo
from asn1crypto.core import Sequence
from asn1crypto.tsp import PKIStatusInfo, TSTInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from attesta.seals.signers import verifies

GRANTED = ("granted", "granted_with_mods")
DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class Unusable(ValueError):
    """In plain words."""


class Response(Sequence):
    """As asn1crypto's own, but who refuses sends no token (RFC 3161, 2.4.2)."""

    _fields = [("status", PKIStatusInfo), ("time_stamp_token", ContentInfo, {"optional": True})]


READ: Callable[..., Any] = Response.load


def token(answer: bytes, *, digest: bytes, nonce: int) -> bytes:
    """The token in it (DER), when it answers just this question. Raises Unusable."""
    try:
        return _token(READ(answer, strict=True), digest, nonce)
    except Unusable:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as trouble:
        raise Unusable("The time-stamp service's answer cannot be read.") from trouble


def _token(response: Any, digest: bytes, nonce: int) -> bytes:
    if response["status"]["status"].native not in GRANTED:
        raise Unusable("The time-stamp service refused.")
    data = response["time_stamp_token"]["content"]
    info = data["encap_content_info"]["content"].parsed
    if not isinstance(info, TSTInfo):
        raise Unusable("The time-stamp service's answer cannot be read.")
    imprint = info["message_imprint"]
    said = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native, info["nonce"].native
    if said != ("sha256", digest, nonce):
        raise Unusable("The time-stamp service answered to something else.")
    if not _is_signed(data):
        raise Unusable("The time-stamp service's token is not signed by a certificate that it carries.")
    return bytes(response["time_stamp_token"].dump())


def _is_signed(data: Any) -> bool:
    """With RSA or ECDSA. Whom to trust is for those who check the seal."""
    (info,) = data["signer_infos"]
    name = info["digest_algorithm"]["algorithm"].native
    content = data["encap_content_info"]["content"].contents
    told = {attribute["type"].native: attribute["values"][0].native for attribute in info["signed_attrs"]}
    own = next((found.chosen for found in data["certificates"] if _is_of(found.chosen, info["sid"])), None)
    if own is None or name not in DIGESTS or told.get("message_digest") != hashlib.new(name, content).digest():
        return False
    key = x509.load_der_x509_certificate(own.dump()).public_key()
    return verifies(key, info["signature"].native, info["signed_attrs"].untag().dump(), DIGESTS[name])


def _is_of(certificate: Any, identifier: Any) -> bool:
    """RFC 5652, 5.3: issuer and serial number, or the key's identifier."""
    if identifier.name == "subject_key_identifier":
        return bool(certificate.key_identifier == identifier.native)
    who = identifier.chosen
    return bool(certificate.issuer == who["issuer"] and certificate.serial_number == who["serial_number"].native)
