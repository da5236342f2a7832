"""``/_mail/`` shows what would have been sent, and its links and codes work."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from tests.demo.conftest import Ask, Facts
from tests.harness.server import RunningServer


@pytest.fixture
def browser(demonstration: RunningServer) -> httpx.Client:
    return httpx.Client(base_url=demonstration.origin, headers={"Accept-Language": "en"}, follow_redirects=True)


def subjects(page: httpx.Response) -> list[str]:
    return [unescape(words) for words in re.findall(r'class="row-link"[^>]*>([^<]+)<', page.text)]


def test_letters_stand_newest_first_in_their_own_language(browser: httpx.Client) -> None:
    found = subjects(browser.get("/_mail/?to=harbour-survey"))
    assert found == ["Zoé Citoyenne shares 2 documents with you"] * 2


def test_page_speaks_both_languages(browser: httpx.Client) -> None:
    english, french = browser.get("/_mail/"), browser.get("/_mail/", headers={"Accept-Language": "fr"})
    assert ('<h1 class="page-title">Letters</h1>' in english.text, "Courriels</h1>" in french.text) == (True, True)


def test_letters_are_paged(browser: httpx.Client) -> None:
    first, second = browser.get("/_mail/"), browser.get("/_mail/?page=2")
    assert (len(subjects(first)), len(subjects(second)) > 0) == (25, True)
    beyond = subjects(browser.get("/_mail/?page=999"))
    assert (0 < len(beyond) <= 25, beyond != subjects(first)) == (True, True)


def test_search_that_finds_nothing_says_what_to_do(browser: httpx.Client) -> None:
    assert "Clear the search to see all." in browser.get("/_mail/?to=nobody@nowhere.example").text


def test_link_in_an_invitation_leads_to_the_share(browser: httpx.Client, facts: Facts) -> None:
    letter = facts["letters"]["invitation"]
    page = browser.get(f"/_mail/{letter}/html/").text
    link = re.search(r'href="(http://localhost:\d+/s/[^"]+)"', page)
    assert link
    cover = browser.get(link[1])
    assert (cover.status_code, "Zoé Citoyenne" in cover.text) == (200, True)


def test_pin_stands_in_its_letter(browser: httpx.Client, facts: Facts) -> None:
    letter = facts["letters"]["pin"]
    assert "482913" in browser.get(f"/_mail/{letter}/").text


def test_failed_letter_says_why_and_what_it_would_have_said(browser: httpx.Client, facts: Facts) -> None:
    letter = facts["letters"]["failed"]
    page = browser.get(f"/_mail/{letter}/").text
    assert "This mailbox does not exist." in page
    assert "/s/" in page


def test_letter_waiting_to_leave_is_shown_as_it_will_leave(browser: httpx.Client, ask: Ask) -> None:
    page = browser.get(f"/_mail/{ask('resend', 'Application, Lakehead Solar Co-op')}/").text
    assert ("Waiting to be sent" in page, "Alex Morgan shares 2 documents with you" in page) == (True, True)


def test_withdrawn_letter_is_said_never_to_have_been_written(browser: httpx.Client, ask: Ask) -> None:
    letter = ask("withdrawn")
    assert "No longer true, not written" in browser.get(f"/_mail/{letter}/").text
    assert browser.get(f"/_mail/{letter}/html/").status_code == 404


def test_html_part_may_style_itself_and_nothing_else(browser: httpx.Client, facts: Facts) -> None:
    letter = facts["letters"]["invitation"]
    headers = browser.get(f"/_mail/{letter}/html/").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self';"
        " sandbox allow-top-navigation-by-user-activation"
    )
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in headers["Cache-Control"]


def test_unknown_letter_is_not_found(browser: httpx.Client) -> None:
    assert browser.get("/_mail/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_letters_stay_readable_after_the_keys_are_rotated(
    browser: httpx.Client, demonstration: RunningServer, ask: Ask, facts: Facts
) -> None:
    demonstration.manage("rotate-keys")
    assert ask("sealed_before_rotation") == 0
    assert "482913" in browser.get(f"/_mail/{facts['letters']['pin']}/").text
