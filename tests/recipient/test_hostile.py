"""What strangers send that no form of ours would: nothing untrue is told, nothing breaks, nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from attesta.credentials.models import Credential
from attesta.mail import composers
from attesta.mail.models import Letter
from attesta.recipient.middleware import HEADERS
from attesta.shares.models import AccessRequest, Share
from attesta.vault import blobs
from tests.recipient.conftest import Recipient, ShareMaker, link, verbs

MULTIPART = b'--x\r\nContent-Disposition: form-data; name="pin"\r\n\r\n\\ud800\r\n--x--\r\n'


@pytest.fixture
def hostile(db: None) -> Client:
    """A program, not a browser: it may send anything."""
    return Client(raise_request_exception=False, headers={"user-agent": "Mozilla/5.0 Firefox/140.0"})


def test_trust_13_a_refused_flood_of_parameters_carries_the_same_headers(hostile: Client, share: Share) -> None:
    answer = hostile.get(f"{link(share)}?{'a&' * 2000}")
    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("charset", ["raw_unicode_escape", "hex"])
def test_a_form_in_a_strange_charset_is_no_fault_of_ours(hostile: Client, share_of: ShareMaker, charset: str) -> None:
    locked = link(share_of(pin="2468"))
    answer = hostile.generic("POST", locked, MULTIPART, f"multipart/form-data; charset={charset}; boundary=x")
    assert answer.status_code == 400


def test_a_session_cookie_with_a_null_byte_is_no_session(hostile: Client, share: Share) -> None:
    answer = hostile.get(link(share), headers={"cookie": 'sessionid="\\000aaaaaaaaaaaa"'})
    assert answer.status_code == 200


def test_a_foreign_host_name_is_a_bad_request(hostile: Client, db: None) -> None:
    assert hostile.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_download_that_never_came_is_not_told(recipient: Recipient, share: Share, diploma: Credential) -> None:
    recipient.knock(share)
    file = Path(settings.VAULT_DIR) / blobs.place(diploma.versions.get().blob)
    file.rename(file.with_suffix(".away"))
    try:
        assert recipient.get(recipient.part(diploma, "file")).status_code == 404
    finally:
        file.with_suffix(".away").rename(file)
    share.refresh_from_db()
    assert (share.downloads, verbs(share)) == (0, ["share-opened"])


def test_a_range_beyond_the_file_is_no_download(recipient: Recipient, share: Share, diploma: Credential) -> None:
    recipient.knock(share)
    answer = recipient.get(recipient.part(diploma, "file"), headers={"range": "bytes=999999999-"})
    share.refresh_from_db()
    assert (answer.status_code, share.downloads) == (416, 0)


def test_a_name_typed_over_several_lines_writes_no_line_of_our_letter(recipient: Recipient, share: Share) -> None:
    name = "Ana)\n\nYour account is at risk. Sign in at\nhttps://evil.example/\n\n("
    recipient.post(f"{link(share)}/ask", {"name": name, "email": "ana@example.org", "message": ""})
    for letter in Letter.objects.filter(kind="shares.access-asked"):
        composition = composers.compose(letter)
        assert composition is not None
        assert not any(row.startswith("Your account") for row in composition.text.splitlines())


def test_who_asks_has_a_name_that_turns_no_line_around(recipient: Recipient, share: Share) -> None:
    asked = {"name": "\u202eAna\u200b", "email": "ana@example.org", "message": ""}
    recipient.post(f"{link(share)}/ask", asked)
    refused = recipient.post(f"{link(share)}/ask", asked | {"name": "\u202e\u200b"})
    assert refused.status_code == 422
    assert list(AccessRequest.objects.values_list("name", flat=True)) == ["Ana"]
