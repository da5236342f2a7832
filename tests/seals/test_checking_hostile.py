"""Files made to break, exhaust or mislead whoever checks them: always a report, soon, and never a good one."""

from __future__ import annotations

import json
import resource
import socket
import subprocess
import sys
import time
from random import Random

import pytest
from asn1crypto import cms

from attesta.seals.checking import check
from attesta.seals.report import CODES, Report
from tests.harness import bombs, forgeries
from tests.harness.foreign import NOW, Identity, Notary, identity
from tests.harness.pdfs import make_pdf
from tests.seals.findings import BROKEN, findings
from tests.seals.office import Office

pytestmark = pytest.mark.once

PAPER = make_pdf(pages=2)
SECONDS = 4.0  # of processor time
MAZE_SECONDS = 10.0  # what check 24 allows: it takes four on a slow machine
MEGABYTES = 256
MANGLED = 100
SEED = 24
EXPLODE = """
import json, re, time
from datetime import UTC, datetime
from pathlib import Path
from attesta.seals.checking import check
from tests.harness import bombs
found = {}
for bomb in bombs.BOMBS:
    pdf, start = bomb(), time.process_time()
    report = check(pdf, roots=[], now=datetime.now(UTC))
    seconds = time.process_time() - start
    size = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])  # since this program began
    found[bomb.__name__] = {"seconds": seconds, "megabytes": size / 1024, "intact": report.is_intact}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def sealed(office: Office) -> bytes:
    return office.seal(PAPER)


@pytest.fixture(scope="module")
def notary() -> Notary:
    return Notary.named("Notaires du Lac")


def examined(office: Office, pdf: bytes) -> Report:
    """Within the time allowed."""
    start = time.process_time()
    report = check(pdf, roots=[office.root], now=office.now)
    assert time.process_time() - start < SECONDS
    assert [each.code for each in report.checks] == list(CODES)
    return report


@pytest.fixture(scope="module")
def exploded() -> dict[str, dict[str, float]]:
    """All bombs, one after the other in a program of its own: seconds of processor time and megabytes at most."""
    answer = subprocess.run([sys.executable, "-W", "ignore", "-c", EXPLODE], capture_output=True, text=True, check=True)
    found: dict[str, dict[str, float]] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("name", [bomb.__name__ for bomb in bombs.BOMBS])
def test_a_bomb_is_not_intact_and_costs_little(exploded: dict[str, dict[str, float]], name: str) -> None:
    found = exploded[name]
    assert found["intact"] == 0
    assert found["seconds"] < SECONDS
    assert found["megabytes"] < MEGABYTES


def test_a_maze_of_objects_behind_a_good_seal(notary: Notary) -> None:
    """Comparing two revisions walks all ways through a document; there are too many here."""
    pdf = forgeries.edited(notary.sign(bombs.maze()), forgeries.change_title)
    start = time.process_time()
    report = check(pdf, roots=[notary.root.der], now=NOW)
    assert time.process_time() - start < MAZE_SECONDS
    assert findings(report)["whole-file"] == "unknown too-large"
    assert report.is_intact is False


def test_a_maze_that_was_sealed_as_it_is(notary: Notary) -> None:
    report = check(notary.sign(bombs.maze()), roots=[notary.root.der], now=NOW)
    assert report.is_intact


def test_a_maze_of_certificates(notary: Notary) -> None:
    """All of one name, each vouching for all others."""
    pdf = notary.sign(PAPER)
    for one in ring(notary.issuing, 12):
        pdf = forgeries.with_certificate(pdf, one.der)
    for roots in ([], [notary.root.der]):
        start = time.process_time()
        report = check(pdf, roots=roots, now=NOW)
        assert time.process_time() - start < SECONDS
        assert report.is_trusted is False


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"\x30\x80",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x03\x02\x01\x05",
        bombs.deep_der(1900),
        Random(SEED).randbytes(2000),
        cms.ContentInfo({"content_type": "data", "content": b"hello"}).dump(),
        cms.ContentInfo({"content_type": "signed_data"}).dump(),
    ],
)
def test_what_is_no_signature_in_a_seal_s_place(office: Office, notary: Notary, signature: bytes) -> None:
    assert findings(examined(office, forgeries.with_contents(notary.sign(PAPER), signature))) == BROKEN


def test_mangled_files_always_get_a_report(office: Office, sealed: bytes) -> None:
    random = Random(SEED)
    for _ in range(MANGLED):
        mangled = mangle(sealed, random)
        assert mangled == sealed or examined(office, mangled).is_intact is False


def test_mangled_signatures_always_get_a_report(office: Office, sealed: bytes) -> None:
    random = Random(SEED)
    signature = forgeries.contents(sealed)
    for _ in range(MANGLED):
        mangled = mangle(signature, random)[: len(signature)]
        assert (
            mangled.rstrip(b"\0") == signature.rstrip(b"\0")
            or not examined(office, forgeries.with_contents(sealed, mangled)).is_intact
        )


def test_names_in_a_certificate_cannot_hide_or_turn_letters(notary: Notary) -> None:
    forger = identity("Uni\u202eversité\u0000\n du \u200bFleuve " + "x" * 20, "a" * 64)
    report = check(Notary(forger, forger, forger, forger).sign(PAPER), roots=[notary.root.der], now=NOW)
    assert report.signer_name == "Université du Fleuve " + "x" * 20


def test_a_location_is_plain_and_short(notary: Notary) -> None:
    pdf = notary.sign(PAPER, location="https://attesta.example/\u202e" + "x" * 1000)
    report = check(pdf, roots=[notary.root.der], now=NOW)
    assert report.location.startswith("https://attesta.example/xxx")
    assert len(report.location) == 200


def test_no_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate names places for its revocation lists and its issuer; nobody goes there."""
    notary = Notary.named("Ailleurs", places="http://127.0.0.1:9/")
    pdf = notary.sign(PAPER, stamped_at=NOW)
    asked: list[object] = []
    monkeypatch.setattr(socket, "socket", lambda *args, **kwargs: asked.append(args))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: asked.append(args))
    report = check(pdf, roots=[notary.root.der], now=NOW)
    assert asked == []
    assert findings(report)["certificate-revocation"] == "unknown"


def test_checking_works_where_nothing_may_be_opened(sealed: bytes, office: Office) -> None:
    """As in the program that checks for visitors: no file, no socket, little memory."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    check(sealed, roots=[office.root], now=office.now)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        report = check(sealed, roots=[office.root], now=office.now)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert report.is_trusted


def ring(issuer: Identity, count: int) -> list[Identity]:
    """Authorities that all have the issuer's name, and vouch for themselves."""
    name, role = (each.value for each in issuer.certificate.subject)
    return [identity(str(name), str(role), authority=True) for _ in range(count)]


def mangle(data: bytes, random: Random) -> bytes:
    """Some bytes are lost, doubled, exchanged or thrown in."""
    place, length = random.randrange(len(data)), random.choice([1, 2, 8, 100, 1000])
    piece = data[place : place + length]
    other = random.randrange(len(data))
    return random.choice(
        [
            data[:place] + data[place + length :],
            data[:place] + piece + data[place:],
            data[:other] + piece + data[other + length :],
            data[:place] + random.randbytes(length) + data[place:],
            data[:place] + random.randbytes(length) + data[place + length :],
            data[:place] + data[place : place + length].swapcase() + data[place + length :],
        ]
    )
