"""Every URL with garbage in everything that it may read: an answer, never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.test import Client

from tests.house.test_urls import World, world
from tests.house.url_roles import ROWS
from tests.issuer import desk_urls
from tests.issuer.test_isolation import Desk, ours

__all__ = ["ours", "world"]

NAMES = (
    *("q", "page", "version", "step", "draft", "document", "after", "before", "sort", "status", "channel", "kind"),
    *("all", "lang", "next", "code", "v", "ask", "sent", "watch", "see", "failed", "of", "by", "like", "example"),
    *("since", "until", "held", "chosen", "column", "view", "act", "language", "pin", "email", "name", "message"),
    *("purpose", "reference", "expires_on", "expiry", "limit", "max_consultations", "recipients", "reason", "shown"),
    *("issued_on", "release_on", "learner_email", "learner_name", "number", "title_fr", "title_en", "role", "above"),
    *("file", "form", "template", "credential", "login", "password", "password1", "oldpassword", "session_key"),
    *("action_add", "action_primary", "action_remove", "time_zone", "courses", "course-0-course_credits"),
)
DAYS = ("since", "until", "expires_on", "issued_on", "release_on")
DIGITS = "&".join(f"{name}={'9' * 5000}" for name in NAMES)
ODD = "&".join(f"{name}={'0001-01-01' if name in DAYS else '%00%ED%A0%80'}" for name in NAMES)
REQUESTS = (("GET", DIGITS), ("GET", ODD), ("POST", DIGITS))
DRAWN = ("page", "text", "picture")  # what is drawn anew each time reads nothing but its own address


def pages(world: World, desk: Desk) -> Iterator[tuple[Client, str]]:
    """Each address once, asked by who gets furthest there."""
    for name, rows in ROWS.items():
        if name.startswith("issuer:") or name.endswith(DRAWN):
            continue
        at_the_door = rows[0].path.startswith(("/s/", "/visits/"))
        yield world.browsers["recipient" if at_the_door else "owner"], rows[0].path.format(**world.names)
    for name in (each for each in desk_urls.ROWS if not each.endswith(DRAWN)):
        yield desk.browsers["administrator"], desk.address(name)


def ask(client: Client, method: str, page: str, query: str) -> int:
    """One request whose effects are taken back."""
    with transaction.atomic():
        if method == "GET":
            answer = client.get(f"{page}?{query}")
        else:
            answer = client.generic("POST", page, query, content_type="application/x-www-form-urlencoded")
        answer.getvalue()
        transaction.set_rollback(True)
    return answer.status_code


def test_no_garbage_breaks_a_page(world: World, ours: Desk) -> None:
    for browser in (*world.browsers.values(), *ours.browsers.values()):
        browser.raise_request_exception = False
    broken = [
        f"{method} {page} with {query[:12]}: {status}"
        for browser, page in pages(world, ours)
        for method, query in REQUESTS
        if (status := ask(browser, method, page, query)) >= 500
    ]
    assert broken == []
