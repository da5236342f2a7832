"""The signature's own structure: CAdES as PAdES wants it, and the same every time."""

from __future__ import annotations

import subprocess
from hashlib import sha256

import pytest
from asn1crypto import cms as asn1
from asn1crypto import tsp

from attesta.seals import cms
from tests.seals.office import Office

pytestmark = pytest.mark.once

DIGEST = sha256(b"Relev\xc3\xa9 de notes").digest()


def built(office: Office) -> bytes:
    return cms.build(DIGEST, signer=office.signer, stamper=office.stamper)


def signed(der: bytes) -> asn1.SignedData:
    content = asn1.ContentInfo.load(der, strict=True)
    assert content["content_type"].native == "signed_data"
    data: asn1.SignedData = content["content"]
    return data


def attributes(info: asn1.SignerInfo, which: str = "signed_attrs") -> dict[str, bytes]:
    """Values in DER, of attributes that have one value each."""
    found = {attribute["type"].native: attribute["values"] for attribute in info[which]}
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0].dump() for name, values in found.items()}


def test_is_detached_and_holds_the_whole_chain(any_office: Office) -> None:
    data = signed(built(any_office))
    assert (data["version"].native, data["encap_content_info"]["content_type"].native) == ("v1", "data")
    assert data["encap_content_info"]["content"].native is None
    assert {found.dump() for found in data["certificates"]} == set(any_office.signer.chain)
    assert len(data["signer_infos"]) == 1


def test_signs_content_type_digest_and_certificate_and_no_time(any_office: Office) -> None:
    (info,) = signed(built(any_office))["signer_infos"]
    found = attributes(info)
    assert set(found) == {"content_type", "message_digest", "signing_certificate_v2"}
    assert found["message_digest"] == b"\x04\x20" + DIGEST
    (certificate,) = tsp.SigningCertificateV2.load(found["signing_certificate_v2"])["certs"]
    assert certificate["cert_hash"].native == sha256(any_office.signer.chain[0]).digest()
    assert certificate["hash_algorithm"]["algorithm"].native == "sha256"


def test_the_time_stamp_is_of_the_signature(any_office: Office) -> None:
    (info,) = signed(built(any_office))["signer_infos"]
    found = attributes(info, "unsigned_attrs")
    assert set(found) == {"signature_time_stamp_token"}
    token = signed(found["signature_time_stamp_token"])["encap_content_info"]["content"].parsed
    assert token["message_imprint"]["hashed_message"].native == sha256(info["signature"].native).digest()


def test_names_its_algorithms(office: Office, rsa_office: Office) -> None:
    for each, name in ((office, "sha256_ecdsa"), (rsa_office, "sha256_rsa")):
        (info,) = signed(built(each))["signer_infos"]
        assert info["digest_algorithm"]["algorithm"].native == "sha256"
        assert info["signature_algorithm"]["algorithm"].native == name


def test_is_der_to_the_last_byte(any_office: Office) -> None:
    """OpenSSL reads it and writes the same."""
    der = built(any_office)
    command = ["openssl", "cms", "-cmsout", "-inform", "DER", "-outform", "DER"]
    assert subprocess.run(command, input=der, capture_output=True, check=True).stdout == der


def test_has_the_same_structure_every_time(any_office: Office) -> None:
    first, second = (without_signatures(built(any_office)) for _ in range(2))
    assert first == second


def test_is_never_longer_than_foreseen(any_office: Office) -> None:
    longest = cms.longest(signer=any_office.signer, stamper=any_office.stamper)
    lengths = {len(built(any_office)) for _ in range(50)}
    assert longest - 8 <= max(lengths) <= longest


def without_signatures(der: bytes) -> tuple[object, ...]:
    data = signed(der)
    (info,) = data["signer_infos"]
    return data["certificates"].dump(), info["sid"].dump(), info["signed_attrs"].dump(), info["version"].native
