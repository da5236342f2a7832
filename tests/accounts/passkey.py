"""A passkey in software: what a phone answers when a page asks for one (WebAuthn Level 2, section 6)."""

from __future__ import annotations

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://testserver"
FLAG = AuthenticatorData.FLAG


class Passkey:
    """``verified``: whether it asked its owner for a finger, a face or a code."""

    def __init__(self, verified: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.flags = FLAG.UP | FLAG.UV if verified else FLAG.UP
        self.owner: bytes = b""

    def create(self, options: dict[str, Any]) -> str:
        """The answer to ``creation_options``, as the page posts it."""
        public = options["creation_options"]["publicKey"]
        self.owner = websafe_decode(public["user"]["id"])
        public_key = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        attested = AttestedCredentialData.create(Aaguid.NONE, self.id, public_key)
        data = AuthenticatorData.create(sha256(public["rp"]["id"].encode()), self.flags | FLAG.AT, 0, attested)
        return self._answer(
            clientDataJSON=self._client_data(CollectedClientData.TYPE.CREATE, public["challenge"]),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def use(self, options: dict[str, Any]) -> str:
        """The answer to ``request_options``."""
        public = options["request_options"]["publicKey"]
        data = AuthenticatorData.create(sha256(public["rpId"].encode()), self.flags, 1)
        client_data = self._client_data(CollectedClientData.TYPE.GET, public["challenge"])
        signature = self.key.sign(data + sha256(client_data), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=client_data, authenticatorData=data, signature=signature, userHandle=self.owner
        )

    def _client_data(self, type: str, challenge: str) -> bytes:
        return CollectedClientData.create(type, websafe_decode(challenge), ORIGIN)

    def _answer(self, **response: bytes) -> str:
        id = websafe_encode(self.id)
        return json.dumps(
            {
                "type": "public-key",
                "id": id,
                "rawId": id,
                "authenticatorAttachment": "platform",
                "response": {name: websafe_encode(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )
