"""The cover page: what a stranger sees first, and what its button does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.mail.models import Letter
from attesta.shares import actions, tokens
from attesta.shares.models import Budget, Share, Visit
from tests.recipient.conftest import Recipient, ShareMaker, count, link, text, verbs

SCANNERS = ["Barracuda Sentinel", "Slackbot-LinkExpanding 1.0", "python-httpx/0.28", ""]


def test_the_cover_says_who_shares_from_where_and_what_happens(share: Share, recipient: Recipient) -> None:
    page = text(recipient.get(link(share)))
    assert "<h1>Zoé Citoyenne partage des documents avec vous</h1>" in page
    assert "Émis par <strong>Université du Fleuve</strong>" in page
    assert page.count("<form") == 1
    assert "Diplôme" not in page and "Bachelor" not in page


@pytest.mark.parametrize("agent", SCANNERS)
def test_trust_06_scanners_change_nothing(share_of: ShareMaker, mailed: Share, agent: str) -> None:
    scanner, shares = Client(headers={"user-agent": agent}), [share_of(pin="2468"), mailed]
    letters = Letter.objects.count()
    for share in shares:
        for _ in range(9):
            for method in (scanner.get, scanner.head, scanner.options):
                answer = method(link(share))
                assert answer.status_code in (200, 204)
                assert "Diplôme" not in text(answer) and "Bachelor" not in text(answer)
        assert count(share) == 0
        assert set(verbs(share)) == {"automatic-check"}
    assert Letter.objects.count() == letters
    assert Visit.objects.count() == 0
    assert not Budget.objects.filter(used__gt=4).exists()  # lines about machines, a few an hour; no PIN was tried


def test_a_person_who_looks_and_leaves_is_not_counted(share: Share, recipient: Recipient) -> None:
    for _ in range(3):
        recipient.get(link(share))
    assert (count(share), verbs(share)) == (0, [])


def test_trust_07_opening_is_a_guarded_post_that_leads_to_a_token_free_page(share: Share) -> None:
    careful = Recipient(enforce_csrf_checks=True)
    assert careful.knock(share).status_code == 403
    assert count(share) == 0
    careful.get(link(share))
    guard = careful.cookies["csrftoken"].value
    opened = careful.knock(share, csrfmiddlewaretoken=guard)
    assert opened.status_code == 303
    assert tokens.token_of(share) not in careful.visit
    assert careful.visit == reverse("recipient:visit", args=[Visit.objects.get().id])
    page = careful.get(careful.visit)
    assert page.status_code == 200 and tokens.token_of(share) not in text(page)


@pytest.mark.parametrize(
    ("origin", "status"), [("null", 403), ("https://evil.example", 403), ("https://testserver", 303)]
)
def test_trust_07_the_guard_holds_under_https(share: Share, origin: str, status: int) -> None:
    """``null`` is what a browser sends from a page under no-referrer: the cover therefore says strict-origin."""
    careful = Recipient(enforce_csrf_checks=True)
    cover = careful.get(link(share), secure=True)
    assert '<meta name="referrer" content="strict-origin">' in text(cover)
    typed = {"csrfmiddlewaretoken": careful.cookies["csrftoken"].value}
    answer = careful.post(link(share), typed, secure=True, headers={"origin": origin})
    assert answer.status_code == status


def test_cookies_are_narrow(share: Share, recipient: Recipient) -> None:
    recipient.get(link(share))
    recipient.knock(share)
    device, visit = recipient.cookies["device"], recipient.cookies["visit"]
    assert (device["path"], device["httponly"], device["samesite"]) == ("/s/", True, "Lax")
    assert (visit["path"], visit["httponly"], visit["samesite"], visit["max-age"]) == (recipient.visit, True, "Lax", "")


def test_a_browser_without_the_device_cookie_is_given_one_on_opening(share: Share, recipient: Recipient) -> None:
    recipient.knock(share)
    first = recipient.visit
    recipient.knock(share)
    assert (recipient.visit, count(share)) == (first, 1)


@pytest.mark.parametrize(
    ("asked", "language"),
    [({}, "en"), ({"lang": "fr"}, "fr"), ({"lang": "en"}, "en"), ({"lang": "xx"}, "en")],
)
def test_the_cover_speaks_the_language_of_the_share_until_told(
    share_of: ShareMaker, recipient: Recipient, asked: dict[str, str], language: str
) -> None:
    english = share_of(language="en")
    cover = recipient.get(link(english), asked, headers={"accept-language": "fr-CA"})
    assert f'<html lang="{language}">' in text(cover)
    assert cover.headers["Content-Language"] == language


def test_the_chosen_language_stays(share: Share, recipient: Recipient) -> None:
    recipient.get(link(share), {"lang": "en"})
    assert "shares documents with you" in text(recipient.get(link(share)))
    recipient.knock(share)
    page = text(recipient.get(recipient.visit))
    assert "Zoé Citoyenne shares a document with you" in page and "Bachelor’s degree" in page


def test_a_reader_who_is_signed_in_can_switch_too(share: Share, alex: Person, recipient: Recipient) -> None:
    recipient.force_login(alex)
    recipient.get(link(share), {"lang": "fr"})
    assert "partage des documents avec vous" in text(recipient.get(link(share)))


def test_a_closed_door_names_its_methods(share: Share, recipient: Recipient) -> None:
    assert recipient.options(link(share)).headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert recipient.put(link(share)).status_code == 405


@pytest.mark.parametrize("documents", [1, 3])
def test_the_cover_costs_the_same_for_any_number_of_documents(
    share_of: ShareMaker,
    three_documents: list[Credential],
    recipient: Recipient,
    django_assert_num_queries: DjangoAssertNumQueries,
    documents: int,
) -> None:
    share = share_of(credentials=three_documents[:documents])
    with django_assert_num_queries(2):
        recipient.get(link(share))


def test_the_owner_who_follows_the_link_is_a_recipient_like_any_other(
    share: Share, zoe: Person, recipient: Recipient
) -> None:
    recipient.force_login(zoe)
    assert recipient.knock(share).status_code == 303
    assert count(share) == 1


def test_a_stranger_without_the_link_gets_the_closed_page(share: Share, stranger: Recipient) -> None:
    assert stranger.get(f"/s/{tokens.new_token()}").status_code == 404
    actions.disable(share=share, by=share.owner)
    assert stranger.get(link(share)).status_code == 404
