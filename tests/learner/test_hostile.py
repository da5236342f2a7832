"""What a signed-in person sends that no page of ours would: an answer, never a fault."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from attesta.accounts.sessions import row_key
from attesta.credentials.models import Credential
from attesta.shares.models import Share
from tests.learner.conftest import MakeShare

DIGITS = "1" * 5000
DAYS = ["9999-12-31", "9999-12-30", "99999-01-01"]


@pytest.fixture
def hostile(browser: Client) -> Client:
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def share(share_of: MakeShare) -> Share:
    return share_of()


def draft(diploma: Credential, **typed: str) -> dict[str, str]:
    values = {"document": str(diploma.pk), "channel": "link", "draft": str(uuid.uuid4())}
    return values | {"language": "fr", "expiry": "none", "name": "Maîtrise"} | typed


@pytest.mark.parametrize("query", [f"page={DIGITS}", f"version={DIGITS}", "page=999999999"])
def test_a_number_without_end_is_no_number(hostile: Client, diploma: Credential, query: str) -> None:
    for page in ("/documents/", f"/documents/{diploma.pk}/"):
        assert hostile.get(f"{page}?{query}").status_code in (200, 404)


@pytest.mark.parametrize("day", DAYS)
def test_an_edit_to_the_last_day_of_time(hostile: Client, share: Share, day: str) -> None:
    typed = {"name": "n", "purpose": "", "reference": "", "pin": "", "expires_on": day, "version": str(share.version)}
    assert hostile.post(f"/shares/{share.pk}/edit/", typed).status_code < 500


@pytest.mark.parametrize("day", DAYS)
def test_a_new_share_until_the_last_day_of_time(hostile: Client, diploma: Credential, day: str) -> None:
    answer = hostile.post("/shares/new/", draft(diploma, expiry="date", expires_on=day), follow=True)
    assert answer.status_code < 500


def test_what_is_typed_for_a_share_never_swells_the_session(hostile: Client, diploma: Credential) -> None:
    for _ in range(5):
        hostile.post("/shares/new/", draft(diploma, name="x" * 1_000_000))
    kept = Session.objects.get(session_key=row_key(hostile.session.session_key or ""))
    assert len(kept.session_data) < 200_000
