"""Bytes of a visit: pictures and the original, each told once."""

from __future__ import annotations

import hashlib

import pytest

from attesta.credentials import actions as issuing
from attesta.credentials.models import Credential
from attesta.shares.models import Share
from tests.harness.pdfs import PdfMaker
from tests.recipient.conftest import Recipient, count, link, verbs


@pytest.fixture
def inside(share: Share, recipient: Recipient) -> Recipient:
    recipient.knock(share)
    return recipient


@pytest.fixture
def original(pdf: PdfMaker) -> bytes:
    return pdf(pages=2, text="Diplôme de baccalauréat")


def test_the_original_comes_back_byte_for_byte(inside: Recipient, diploma: Credential, original: bytes) -> None:
    answer = inside.get(inside.part(diploma, "file"))
    assert answer.content == original
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["ETag"] == f'"{hashlib.sha256(original).hexdigest()}"'
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="diplome-de-baccalaureat.pdf"; '
        "filename*=UTF-8''Dipl%C3%B4me%20de%20baccalaur%C3%A9at.pdf"
    )


def test_trust_08_one_visit_counts_once_whatever_it_does(
    share: Share, inside: Recipient, diploma: Credential, original: bytes
) -> None:
    for _ in range(2):  # a double click, a refresh, a resume
        inside.knock(share)
        inside.get(link(share))
        inside.get(inside.visit)
        inside.get(inside.part(diploma, "pages/1"))
        whole = inside.get(inside.part(diploma, "file"))
        half = inside.get(inside.part(diploma, "file"), headers={"range": "bytes=100-"})
        assert (whole.content, half.content) == (original, original[100:])
    assert count(share) == 1
    assert share.downloads == 1
    assert verbs(share) == ["share-opened", "page-viewed", "document-downloaded"]


def test_the_next_visit_counts_again(share: Share, inside: Recipient, stranger: Recipient, diploma: Credential) -> None:
    inside.get(inside.part(diploma, "file"))
    stranger.knock(share)
    assert (count(share), share.downloads) == (2, 1)


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-10", 206, slice(-10, None)),
        ("bytes=0-9,20-29", 200, slice(None)),
        ("lines=0-9", 200, slice(None)),
    ],
)
def test_ranges(
    inside: Recipient, diploma: Credential, original: bytes, asked: str, status: int, part: slice[int, int, int]
) -> None:
    answer = inside.get(inside.part(diploma, "file"), headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, original[part])
    if status == 206:
        first, after, _ = part.indices(len(original))
        assert answer.headers["Content-Range"] == f"bytes {first}-{after - 1}/{len(original)}"


def test_a_range_beyond_the_end_is_refused_with_the_size(
    inside: Recipient, diploma: Credential, original: bytes
) -> None:
    answer = inside.get(inside.part(diploma, "file"), headers={"range": f"bytes={len(original)}-"})
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(original)}"


def test_a_resume_never_joins_two_versions(inside: Recipient, diploma: Credential, pdf: PdfMaker) -> None:
    etag = inside.get(inside.part(diploma, "file")).headers["ETag"]
    resume = {"range": "bytes=100-", "if-range": etag}
    assert inside.get(inside.part(diploma, "file"), headers=resume).status_code == 206
    newer = pdf(pages=2, text="Diplôme corrigé")
    issuing.update(credential=diploma, pdf=newer, reason="Nom corrigé", as_given=True)
    answer = inside.get(inside.part(diploma, "file"), headers=resume)
    assert (answer.status_code, answer.content) == (200, newer)


def test_a_page_is_a_picture(inside: Recipient, diploma: Credential) -> None:
    answer = inside.get(inside.part(diploma, "pages/1"))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.content[:4] + answer.content[8:12] == b"RIFFWEBP"
    for number in (0, 3, 10**12):
        assert inside.get(inside.part(diploma, f"pages/{number}")).status_code == 404


@pytest.mark.parametrize("rest", ["pages/1", "file", "print"])
def test_only_a_get_brings_bytes(share: Share, inside: Recipient, diploma: Credential, rest: str) -> None:
    for method in (inside.head, inside.post, inside.options):
        assert method(inside.part(diploma, rest)).status_code == 405
    assert verbs(share) == ["share-opened"]
