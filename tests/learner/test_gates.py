"""Every page of the learner's door: its owner gets in, another learner finds nothing, nobody else passes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from attesta.credentials.models import Credential
from attesta.shares.models import Share
from tests.learner.conftest import MakeShare

OF_DOCUMENT = ["learner:document", "learner:document-page", "learner:document-text", "learner:document-file"]
OF_SHARE = [
    *(
        "learner:share",
        "learner:share-qr",
        "learner:share-activity",
        "learner:share-paper",
        "learner:share-edit",
        "learner:share-preview",
    ),
    "learner:share-renew-confirm",
]
PRESSED = [
    *(
        "learner:share-disable",
        "learner:share-enable",
        "learner:share-resend",
        "learner:share-told",
        "learner:share-renew",
    ),
    *("learner:share-renew", "learner:share-reopen", "learner:share-show-pin"),
]
LISTS = ["learner:documents", "learner:shares", "learner:share-new"]


def of_document(name: str, credential: Credential) -> str:
    numbered = name in ("learner:document-page", "learner:document-text")
    return reverse(name, args=[credential.pk, 1] if numbered else [credential.pk])


@pytest.fixture
def share(share_of: MakeShare) -> Share:
    return share_of(recipients=["admissions@example.org"], pin="482107")


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_who_is_signed_in(name: str, browser: Client, client: Client) -> None:
    assert browser.get(reverse(name)).status_code == 200
    assert client.get(reverse(name)).headers["Location"] == f"/accounts/login/?next={reverse(name)}"


@pytest.mark.parametrize("name", OF_DOCUMENT)
def test_document_pages_are_their_learners(
    name: str, diploma: Credential, browser: Client, stranger: Client, client: Client
) -> None:
    address = of_document(name, diploma)
    assert browser.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", OF_SHARE)
def test_share_pages_are_their_owners(
    name: str, share: Share, browser: Client, stranger: Client, client: Client
) -> None:
    address = reverse(name, args=[share.pk])
    assert browser.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", PRESSED)
def test_buttons_are_pressed_by_the_owner_only(
    name: str, share: Share, browser: Client, stranger: Client, client: Client
) -> None:
    address = reverse(name, args=[share.pk])
    before = Share.objects.values().get(pk=share.pk)
    assert stranger.post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert [each.get(address).status_code for each in (browser, stranger, client)] == [405, 405, 405]
    assert Share.objects.values().get(pk=share.pk) == before
    assert browser.post(address).status_code in (200, 302)


def test_what_does_not_exist_is_not_found(browser: Client) -> None:
    for name in (*OF_SHARE, "learner:document", "learner:document-file"):
        assert browser.get(reverse(name, args=[uuid4()])).status_code == 404
    assert browser.get(reverse("learner:share-done", args=[uuid4()])).status_code == 404


def test_who_was_signed_out_meanwhile_is_told_that_nothing_was_changed(share: Share, browser: Client) -> None:
    browser.post("/accounts/logout/")
    looked = browser.get(reverse("learner:share", args=[share.pk]), follow=True)
    pressed = browser.post(reverse("learner:share-disable", args=[share.pk]), follow=True)
    told = [[str(each) for each in page.context["messages"]] for page in (looked, pressed)]
    assert told[1] == [
        "Votre session est terminée\N{NO-BREAK SPACE}: rien n’a été modifié. Connectez-vous, puis recommencez."
    ]
    assert told[1][0] not in told[0]
