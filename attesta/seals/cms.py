"""The seal's signature: a detached CAdES signature and the time-stamp on it."""

from __future__ import annotations

from hashlib import sha256

from attesta.seals import signed_data
from attesta.seals.signed_data import Content, attribute
from attesta.seals.signers import Signer
from attesta.seals.timestamps import Stamper

SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14"


def build(digest: bytes, *, signer: Signer, stamper: Stamper) -> bytes:
    """Over a SHA-256 digest. What the signer's and the stamper's own troubles raise passes through."""
    content = Content(signed_data.DATA, digest)
    signature = signed_data.sign(content, signer=signer)
    token = stamper.stamp(sha256(signature).digest())
    return _stamped(content, signature, token, signer)


def longest(*, signer: Signer, stamper: Stamper) -> int:
    """How many bytes ``build`` needs at most."""
    signature = bytes(signed_data.identity(signer.chain).longest_signature)
    return len(_stamped(Content(signed_data.DATA, bytes(32)), signature, bytes(stamper.longest), signer))


def _stamped(content: Content, signature: bytes, token: bytes, signer: Signer) -> bytes:
    stamp = attribute(SIGNATURE_TIME_STAMP, token)
    return signed_data.assemble(content, signature, signer=signer, unsigned=(stamp,))
