"""Keys that never leave their token (a hardware security module, or SoftHSM), by PKCS#11."""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import Mechanism, SignMixin

from attesta.seals import tokens
from attesta.seals.signers import algorithm_of, verifies, without_root
from attesta.seals.tokens import Pin, Place, TokenUnavailable

PROBE = b"Does this key belong to this certificate?"

__all__ = ["Pin", "TokenSigner", "TokenUnavailable"]


class TokenSigner:
    """A Signer whose key is called ``key_label`` on the token ``token_label``; ``chain`` is PEM, as for a file key."""

    def __init__(self, *, module: str | Path, token_label: str, pin: str | Pin, key_label: str, chain: bytes) -> None:
        """Opens nothing yet. Raises ValueError for a chain that cannot be read."""
        hidden = pin if isinstance(pin, Pin) else Pin(pin)
        del pin  # not even a traceback that shows variables has it
        self._place = Place(module=str(module), token=token_label, pin=hidden, key=key_label)
        certificates = without_root(x509.load_pem_x509_certificates(chain))
        self._certificate = certificates[0]
        self._proven: SignMixin | None = None
        self.chain = tuple(certificate.public_bytes(Encoding.DER) for certificate in certificates)
        self.algorithm = algorithm_of(self._certificate)

    def __repr__(self) -> str:
        return f"<TokenSigner {self._place.key!r} on {self._place.token!r}>"

    def sign(self, data: bytes) -> bytes:
        """Raises TokenUnavailable."""
        return tokens.use(self._place, lambda key: self._signed(key, data))

    def check(self) -> None:
        """Is the token there, and does its key belong to the certificate? Raises TokenUnavailable."""
        self.sign(PROBE)

    def _signed(self, key: SignMixin, data: bytes) -> bytes:
        if key is not self._proven:
            self._prove(key)
        return _signature(key, self._certificate, data)

    def _prove(self, key: SignMixin) -> None:
        """Once a session: a seal made with another key than the certificate's would be worth nothing."""
        try:
            signature = _signature(key, self._certificate, PROBE)
        except ValueError:  # no pair of numbers
            signature = b""
        if not verifies(self._certificate.public_key(), signature, PROBE, SHA256()):
            raise TokenUnavailable(
                f"The key {self._place.key!r} on the token {self._place.token!r} does not belong to the certificate."
            )
        self._proven = key


def _signature(key: SignMixin, certificate: x509.Certificate, data: bytes) -> bytes:
    """Every token knows plain ECDSA; few hash for it."""
    if isinstance(certificate.public_key(), rsa.RSAPublicKey):
        return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
    digest = Hash(SHA256())
    digest.update(data)
    pair = bytes(key.sign(digest.finalize(), mechanism=Mechanism.ECDSA))
    half = len(pair) // 2
    return utils.encode_dss_signature(int.from_bytes(pair[:half], "big"), int.from_bytes(pair[half:], "big"))
