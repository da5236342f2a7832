"""Many at once, over HTTP, against the real server on the database under test."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest

from tests.harness.server import RunningServer
from tests.shares import http


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    """Two processes, behind a proxy that names whose request it is."""
    with RunningServer(workers=2, environment={"ATTESTA_TRUSTED_PROXIES": "1"}) as running:
        yield running


def at_once(number: int, act: Callable[[int], int]) -> Counter[int]:
    with ThreadPoolExecutor(number) as crowd:
        return Counter(crowd.map(act, range(number)))


def test_trust_03_a_limit_of_n_under_40_concurrent_opens_grants_exactly_n(product: RunningServer) -> None:
    share = http.make(product, max_consultations=7)
    statuses = at_once(40, lambda n: http.post_open(product, share).status_code)
    assert statuses == {303: 7, 404: 33}
    found = http.facts(product, share)
    assert (found["consultations"], found["visits"]) == (7, 7)


def test_trust_08_a_double_click_is_one_consultation(product: RunningServer) -> None:
    share = http.make(product)
    device = secrets.token_urlsafe(16)
    answers: list[str] = []

    def click(n: int) -> int:
        answer = http.post_open(product, share, device=device)
        answers.append(answer.headers["Location"])
        return answer.status_code

    assert at_once(8, click) == {303: 8}
    assert len(set(answers)) == 1
    found = http.facts(product, share)
    assert (found["consultations"], found["visits"]) == (1, 1)


def test_trust_04_no_visit_begins_after_the_owner_disabled(product: RunningServer) -> None:
    share = http.make(product)
    browser = http.owner(product)
    answered = Event()
    late: list[int] = []

    def open_until_told(n: int) -> int:
        after = answered.is_set()
        status = http.post_open(product, share).status_code
        if after:
            late.append(status)
        return status

    with ThreadPoolExecutor(41) as crowd:
        opens = [crowd.submit(open_until_told, n) for n in range(40)]
        disabled = crowd.submit(_disable, product, browser, share["id"])
        assert disabled.result() == 302
        answered.set()
        opens += [crowd.submit(open_until_told, n) for n in range(40)]
        statuses = Counter(future.result() for future in opens)
    assert set(statuses) <= {303, 404}
    assert set(late) == {404}
    found = http.facts(product, share)
    assert found["enabled"] is False
    assert found["consultations"] == found["visits"] == statuses[303]
    lines = list(found["lines"])  # type: ignore[call-overload]
    assert "share-opened" not in lines[lines.index("share-disabled") :]


def test_trust_10_a_thousand_wrong_pins_from_200_addresses(product: RunningServer) -> None:
    share = http.make(product, pin="2468")
    friend = secrets.token_urlsafe(16)
    assert http.post_open(product, share, device=friend, pin="2468").status_code == 303
    with ThreadPoolExecutor(16) as crowd:
        statuses = Counter(crowd.map(lambda n: _guess(product, share, n), range(1000)))
    assert 303 not in statuses
    found = http.facts(product, share)
    lines = list(found["lines"])  # type: ignore[call-overload]
    assert lines.count("wrong-pin") == 20
    assert _guess(product, share, 7, pin="2468") != 303
    assert http.post_open(product, share, device=friend, pin="2468").status_code == 303
    assert http.owner(product).get(product.url(f"/shares/{share['id']}/")).is_success


def _guess(product: RunningServer, share: dict[str, str], number: int, pin: str = "") -> int:
    return httpx.post(
        product.url(f"/s/{share['token']}"),
        data={"csrfmiddlewaretoken": http.CSRF, "pin": pin or f"{number + 3000:04d}"},
        cookies={"csrftoken": http.CSRF, "device": secrets.token_urlsafe(16)},
        headers={"User-Agent": http.AGENT, "X-Forwarded-For": f"203.0.113.{number % 200}"},
        timeout=60,
        verify=http.PLAIN,
    ).status_code


def _disable(product: RunningServer, browser: httpx.Client, share_id: str) -> int:
    path = f"/shares/{share_id}/disable/"
    return browser.post(product.url(path), data={"csrfmiddlewaretoken": http.CSRF}).status_code
