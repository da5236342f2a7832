"""Tokens of our own authority (RFC 3161)."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from asn1crypto import cms, tsp

from attesta.seals.timestamps import POLICY, LocalStamper, RemoteStamper
from tests.seals.office import Office

pytestmark = pytest.mark.once

DATA = b"Dipl\xc3\xb4me"
DIGEST = sha256(DATA).digest()


def told(token: bytes) -> tsp.TSTInfo:
    data = cms.ContentInfo.load(token, strict=True)["content"]
    assert data["version"].native == "v3"
    content = data["encap_content_info"]
    assert content["content_type"].native == "tst_info"
    info: tsp.TSTInfo = content["content"].parsed
    return info


def test_openssl_accepts_a_token(any_office: Office, tmp_path: Path) -> None:
    files = {"token": any_office.stamper.stamp(DIGEST), "data": DATA, "root.pem": any_office.authority.root_pem}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", "token", "-data", "data", "-CAfile", "root.pem"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.stdout.strip() == "Verification: OK"


def test_a_token_tells_what_when_and_how_exactly(office: Office) -> None:
    info = told(office.authority.stamper(lambda: datetime(2026, 3, 1, 12, 0, 59, tzinfo=UTC)).stamp(DIGEST))
    assert info["version"].native == "v1"
    assert info["policy"].native == POLICY
    assert info["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha256"
    assert info["message_imprint"]["hashed_message"].native == DIGEST
    assert info["gen_time"].native == datetime(2026, 3, 1, 12, 0, 59, tzinfo=UTC)
    assert info["accuracy"]["seconds"].native == 1
    assert info["ordering"].native is False


def test_time_is_told_in_utc(office: Office) -> None:
    montreal = timezone(timedelta(hours=-5))
    info = told(office.authority.stamper(lambda: datetime(2026, 1, 1, 20, 0, tzinfo=montreal)).stamp(DIGEST))
    assert info["gen_time"].native == datetime(2026, 1, 2, 1, 0, tzinfo=UTC)


def test_serial_numbers_are_random(office: Office) -> None:
    serials = {told(office.stamper.stamp(DIGEST))["serial_number"].native for _ in range(50)}
    assert len(serials) == 50
    assert {serial.bit_length() for serial in serials} == {127}


def test_no_token_is_longer_than_foreseen(any_office: Office) -> None:
    lengths = [len(any_office.stamper.stamp(DIGEST)) for _ in range(50)]
    assert any_office.stamper.longest - 4 <= max(lengths) <= any_office.stamper.longest


def test_carries_the_authority_s_certificates(office: Office) -> None:
    assert isinstance(office.stamper, LocalStamper)
    data = cms.ContentInfo.load(office.stamper.stamp(DIGEST))["content"]
    assert {found.dump() for found in data["certificates"]} == set(office.stamper.chain)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://time.example/", "time.example"])
def test_a_service_is_asked_over_http_only(url: str) -> None:
    with pytest.raises(ValueError, match="http"):
        RemoteStamper(url)
