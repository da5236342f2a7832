"""A mail server that refuses, dawdles, hangs up or is away, from the learner's chair: nothing lost, and she is told."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape

import pytest

from tests.harness.server import RunningServer
from tests.mail import sharing
from tests.mail.post_office import Manner, PostOffice
from tests.mail.sharing import Browser

LATER = """
from datetime import timedelta
from django.utils import timezone
from attesta.mail.delivery import deliver_due
deliver_due(now=timezone.now() + timedelta(minutes=2))
"""


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture(scope="module")
def product(office: PostOffice) -> Iterator[RunningServer]:
    smtp = f"smtp://127.0.0.1:{office.port}"
    with RunningServer(worker=True, smtp=smtp, environment={"ATTESTA_SMTP_TIMEOUT": "1"}) as running:
        yield running


@pytest.fixture(scope="module")
def zoes_browser(product: RunningServer) -> Browser:
    return Browser(product, sharing.prepare(product))


def test_trust_33_a_refused_letter_is_told_with_its_reason_and_can_be_sent_again(
    zoes_browser: Browser, office: PostOffice
) -> None:
    to = "nobody@example.org"
    office.manners[to] = Manner(to_recipient="550 5.1.1 no such user")
    share = share_with(zoes_browser, to)
    told = until(zoes_browser, share, "Cette boîte de courriel n’existe pas. Vérifiez l’orthographe de l’adresse.")
    assert f'action="{share}resend/"' in told
    english = words(zoes_browser.page(share + "?lang=en"))
    assert "we gave up delivering it to nobody@example.org, because: This mailbox does not exist." in english
    assert office.to(to) == []

    office.manners.clear()
    assert zoes_browser.post(share + "resend/").is_redirect
    until(zoes_browser, share + "?lang=en", "the mail server of nobody@example.org took it.")
    assert len(office.to(to)) == 1


@pytest.mark.parametrize(
    ("name", "manner", "because"),
    [
        ("slow", Manner(delay=3), "The mail server took too long to answer."),
        ("busy", Manner(to_recipient="451 4.3.0 later"), "The recipient’s mail server asked us to try again later."),
        ("curt", Manner(hang_up=True), "The connection to the mail server was lost."),
    ],
)
def test_trust_33_a_letter_in_passing_trouble_is_told_and_arrives_later(
    product: RunningServer, zoes_browser: Browser, office: PostOffice, name: str, manner: Manner, because: str
) -> None:
    to = f"{name}@example.org"
    office.manners[to] = manner
    share = share_with(zoes_browser, to) + "?lang=en"
    until(zoes_browser, share, f"The last try failed, because: {because} We keep trying.")
    office.manners.clear()
    arrives_later(product, zoes_browser, office, share, to)


def test_trust_33_a_mail_server_that_is_away_loses_nothing(
    product: RunningServer, zoes_browser: Browser, office: PostOffice
) -> None:
    office.stop()
    share = share_with(zoes_browser, "patient@example.org") + "?lang=en"
    until(zoes_browser, share, "because: Our mail server could not be reached. We keep trying.")
    office.start()
    arrives_later(product, zoes_browser, office, share, "patient@example.org")


def share_with(browser: Browser, to: str) -> str:
    """The address of the share's page."""
    done = browser.page(f"/shares/new/done/{browser.share(to)}/")
    found = re.search(r'href="(/shares/[0-9a-f-]{36}/)"', done)
    assert found, "the page names no share"
    return found[1]


def arrives_later(product: RunningServer, browser: Browser, office: PostOffice, share: str, to: str) -> None:
    """Two minutes later. Whatever arrived before is the same letter."""
    product.shell(LATER)
    until(browser, share, f"the mail server of {to} took it.")
    assert len({letter["Message-ID"] for letter in office.to(to)}) == 1


def until(browser: Browser, path: str, sentence: str) -> str:
    """The page once it says ``sentence``."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        page = browser.page(path)
        if sentence in words(page):
            return page
        time.sleep(0.2)
    raise AssertionError(f"{path} never says: {sentence}\n{words(page)}")


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
