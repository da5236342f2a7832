"""A passkey that a person registered, as the product keeps it."""

from __future__ import annotations

import secrets
from hashlib import sha256

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from attesta.accounts.models import Person


def register(person: Person, name: str = "Clé") -> Authenticator:
    """A discoverable key of this person's for localhost; nobody holds its private half."""
    made: Authenticator = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={
            "name": name,
            "credential": dict(registration()) | {"clientExtensionResults": {"credProps": {"rk": True}}},
        },
    )
    return made


def registration() -> RegistrationResponse:
    credential_id = secrets.token_bytes(16)
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    public_key = ES256({1: 2, 3: ES256.ALGORITHM, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
    data = AuthenticatorData.create(
        sha256(b"localhost").digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(bytes(16), credential_id, public_key),
    )
    client = CollectedClientData.create("webauthn.create", secrets.token_bytes(16), "http://localhost")
    response = AuthenticatorAttestationResponse(
        client_data=client, attestation_object=AttestationObject.create("none", data, {})
    )
    return RegistrationResponse(raw_id=credential_id, response=response)
