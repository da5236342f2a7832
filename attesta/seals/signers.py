"""Who signs: a certificate chain and a key behind it, wherever the key is kept."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Algorithm(StrEnum):
    ECDSA_SHA256 = "ecdsa-sha256"
    RSA_SHA256 = "rsa-sha256"


class Signer(Protocol):
    """``chain``: DER, the signer's own certificate first, then the intermediate ones, without the root."""

    @property
    def chain(self) -> tuple[bytes, ...]: ...

    @property
    def algorithm(self) -> Algorithm: ...

    def sign(self, data: bytes) -> bytes:
        """Hashes with SHA-256 itself. An ECDSA signature is DER, an RSA one PKCS #1 v1.5."""
        ...


class FileSigner:
    """A key held in memory: read once, kept, so that a signature costs only itself."""

    def __init__(self, key: PrivateKey, chain: tuple[bytes, ...]) -> None:
        self._key = key
        self.chain = chain
        self.algorithm = algorithm_of(x509.load_der_x509_certificate(chain[0]))

    @classmethod
    def from_pem(cls, key: bytes, chain: bytes, password: bytes | None = None) -> FileSigner:
        """Raises ValueError when the key cannot be read or does not belong to the chain's first certificate."""
        try:
            loaded = load_pem_private_key(key, password)
        except TypeError as trouble:  # a password without need, or none where one is needed
            raise ValueError(str(trouble)) from trouble
        if not isinstance(loaded, PrivateKey):
            raise ValueError("The key must be ECDSA or RSA.")
        certificates = without_root(x509.load_pem_x509_certificates(chain))
        if certificates[0].public_key() != loaded.public_key():
            raise ValueError("The key does not belong to the first certificate of the chain.")
        return cls(loaded, tuple(certificate.public_bytes(Encoding.DER) for certificate in certificates))

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(SHA256()))
        return self._key.sign(data, padding.PKCS1v15(), SHA256())


def without_root(certificates: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """The root is left out: who checks has it already. Raises ValueError when nothing is left."""
    kept = [certificate for certificate in certificates if certificate.issuer != certificate.subject]
    if not kept:
        raise ValueError("The chain holds no certificate but a root.")
    return kept


def algorithm_of(certificate: x509.Certificate) -> Algorithm:
    """What this certificate's key signs with. Raises ValueError for other kinds of keys."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return Algorithm.ECDSA_SHA256
    if isinstance(key, rsa.RSAPublicKey):
        return Algorithm.RSA_SHA256
    raise ValueError("The certificate's key must be ECDSA or RSA.")


def signature_bytes(certificate: x509.Certificate) -> int:
    """The longest signature this certificate's key makes."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return 2 * ((key.key_size + 7) // 8 + 3) + 3
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size // 8
    raise ValueError("The certificate's key must be ECDSA or RSA.")


def verifies(key: object, signature: bytes, data: bytes, digest: HashAlgorithm) -> bool:
    """The private half of this public key made the signature. Of ECDSA and RSA (PKCS #1 v1.5); no other key can."""
    try:
        match key:
            case ec.EllipticCurvePublicKey():
                key.verify(signature, data, ec.ECDSA(digest))
            case rsa.RSAPublicKey():
                key.verify(signature, data, padding.PKCS1v15(), digest)
            case _:
                return False
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
