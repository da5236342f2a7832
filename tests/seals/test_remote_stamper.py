"""Time-stamps from a service over HTTP."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, tsp

from attesta.seals import pdf
from attesta.seals.pki import FileMaterial
from attesta.seals.timestamps import RemoteStamper, StampUnavailable
from tests.harness.pdfs import make_pdf
from tests.harness.stamping import Answer, Answering, by_openssl, by_stamper, granted, rejected, stamping
from tests.seals.checkers import Checkers
from tests.seals.office import Office

pytestmark = pytest.mark.once

DATA = b"Releve de notes"
DIGEST = sha256(DATA).digest()


def service_of_openssl(office: Office, folder: Path) -> Answering:
    return by_openssl(folder, FileMaterial.parse((office.authority.folder / "tsa.key").read_bytes()))


def test_a_service_s_token_is_taken(office: Office, tmp_path: Path) -> None:
    with stamping(by_stamper(office.stamper)) as service:
        stamper = RemoteStamper(service.url)
        tokens = [stamper.stamp(DIGEST) for _ in range(3)]
    assert [verified(token, office, tmp_path) for token in tokens] == ["Verification: OK"] * 3


def test_openssl_s_token_is_taken(any_office: Office, tmp_path: Path) -> None:
    with stamping(service_of_openssl(any_office, tmp_path)) as service:
        token = RemoteStamper(service.url).stamp(DIGEST)
    assert verified(token, any_office, tmp_path) == "Verification: OK"


def test_queries_ask_for_certificates_and_never_repeat(office: Office) -> None:
    with stamping(by_stamper(office.stamper)) as service:
        for _ in range(3):
            RemoteStamper(service.url).stamp(DIGEST)
    asked: list[Any] = [tsp.TimeStampReq.load(query, strict=True) for query in service.queries]
    assert {query["message_imprint"]["hashed_message"].native for query in asked} == {DIGEST}
    assert {query["message_imprint"]["hash_algorithm"]["algorithm"].native for query in asked} == {"sha256"}
    assert {query["cert_req"].native for query in asked} == {True}
    assert len({query["nonce"].native for query in asked}) == 3


def test_trust_26_a_document_with_a_service_s_time_passes_every_check(
    any_office: Office, checkers: Callable[[Office], Checkers], tmp_path: Path
) -> None:
    with stamping(service_of_openssl(any_office, tmp_path)) as service:
        sealed = pdf.seal(
            make_pdf(pages=2),
            signer=any_office.signer,
            stamper=RemoteStamper(service.url),
            evidence=any_office.evidence,
            **any_office.words,
        )
    checkers(any_office).all_agree(sealed)


def other_digest(office: Office) -> Answering:
    def answer(query: bytes) -> Answer:
        nonce = tsp.TimeStampReq.load(query)["nonce"].native
        return Answer(granted(office.stamper.stamp(sha256(b"another document").digest(), nonce=nonce)))

    return answer


def replayed(office: Office) -> Answering:
    """An older token for the same document."""
    return lambda query: Answer(granted(office.stamper.stamp(DIGEST, nonce=12345)))


WRONG: list[tuple[Answer, str]] = [
    (Answer(rejected()), "refused"),
    (Answer(b"<html>Sign in</html>", headers={"Content-Type": "text/html"}), "cannot be read"),
    (Answer(b""), "cannot be read"),
    (Answer(rejected()[:-3]), "cannot be read"),
    (Answer(granted(cms.ContentInfo({"content_type": "data", "content": b"token"}).dump())), "cannot be read"),
    (Answer(bytes(10_000_000)), "too large"),
    (Answer(b"x", status=500), "cannot be reached: HTTP Error 500"),
    (Answer(b"x", status=403), "cannot be reached: HTTP Error 403"),
    (Answer(b"", status=302, headers={"Location": "file:///etc/hostname"}), "cannot be reached: HTTP Error 302"),
]


@pytest.mark.parametrize(("answer", "words"), WRONG)
def test_an_answer_that_is_no_token_is_told(answer: Answer, words: str) -> None:
    with stamping(lambda query: answer) as service, pytest.raises(StampUnavailable, match=words):
        RemoteStamper(service.url).stamp(DIGEST)


def test_a_token_for_something_else_is_refused(office: Office) -> None:
    for answering in (other_digest(office), replayed(office)):
        with stamping(answering) as service, pytest.raises(StampUnavailable, match="answered to something else"):
            RemoteStamper(service.url).stamp(DIGEST)


def test_a_token_without_nonce_is_refused(office: Office) -> None:
    answer = Answer(granted(office.stamper.stamp(DIGEST)))
    with stamping(lambda query: answer) as service, pytest.raises(StampUnavailable, match="answered to something else"):
        RemoteStamper(service.url).stamp(DIGEST)


@pytest.mark.parametrize("part", ["certificate", "signature", "content"])
def test_an_altered_token_is_refused(office: Office, part: str) -> None:
    def altered(query: bytes) -> Answer:
        nonce = tsp.TimeStampReq.load(query)["nonce"].native
        info: Any = cms.ContentInfo.load(token := office.stamper.stamp(DIGEST, nonce=nonce))["content"]["signer_infos"][
            0
        ]
        of = {
            "certificate": info["sid"].chosen["serial_number"].contents,
            "signature": info["signature"].native,
            "content": b"\x18\x0f20",  # the time's beginning
        }[part]
        place = token.rindex(of) + len(of) - 1 if part != "content" else token.index(of) + 4
        return Answer(granted(token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]))

    with stamping(altered) as service, pytest.raises(StampUnavailable, match="is not signed"):
        RemoteStamper(service.url).stamp(DIGEST)


def test_a_token_larger_than_its_place_is_refused(office: Office) -> None:
    with stamping(by_stamper(office.stamper)) as service, pytest.raises(StampUnavailable, match="larger than expected"):
        RemoteStamper(service.url, longest=500).stamp(DIGEST)


@pytest.mark.parametrize("slowly", [0.05, 30])
def test_a_slow_service_is_left_in_time(slowly: float) -> None:
    """Also one that sends a byte now and then, so that no single wait is long."""
    start = time.monotonic()
    with stamping(lambda query: Answer(bytes(5000), slowly=slowly)) as service:
        with pytest.raises(StampUnavailable, match=r"too long|timed out"):
            RemoteStamper(service.url, timeout=0.5).stamp(DIGEST)
        assert time.monotonic() - start < 3


def test_a_service_that_is_away_is_told() -> None:
    with stamping(lambda query: Answer(b"")) as service:
        pass
    with pytest.raises(StampUnavailable, match="cannot be reached"):
        RemoteStamper(service.url, timeout=1).stamp(DIGEST)


@pytest.mark.parametrize("address", ["http://lacs:secret@127.0.0.1/", "http://127.0.0.1:9/secret path"])
def test_trouble_never_repeats_the_address(address: str) -> None:
    with pytest.raises(StampUnavailable) as told:
        RemoteStamper(address, timeout=1).stamp(DIGEST)
    assert str(told.value) == "The time-stamp service cannot be reached: InvalidURL."
    assert (told.value.__cause__, told.value.__suppress_context__) == (None, True)


def test_trouble_names_its_kind_and_number() -> None:
    with pytest.raises(StampUnavailable) as told:
        RemoteStamper("http://127.0.0.1:9/secret", timeout=1).stamp(DIGEST)
    assert str(told.value) == "The time-stamp service cannot be reached: ConnectionRefusedError, errno 111."


def test_the_time_is_the_service_s(office: Office) -> None:
    at = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
    with stamping(by_stamper(office.authority.stamper(lambda: at))) as service:
        token: Any = cms.ContentInfo.load(RemoteStamper(service.url).stamp(DIGEST))
    assert token["content"]["encap_content_info"]["content"].parsed["gen_time"].native == at


def verified(token: bytes, office: Office, folder: Path) -> str:
    """By OpenSSL, trusting the office's root."""
    for name, content in (("token", token), ("data", DATA), ("root.pem", office.authority.root_pem)):
        (folder / name).write_bytes(content)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", "token", "-data", "data", "-CAfile", "root.pem"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout.strip()
