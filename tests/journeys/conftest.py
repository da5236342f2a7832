"""Browser stories on one seeded demonstration, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from tests.harness.browser import Guard, new_context, running_browser, sign_in
from tests.harness.server import RunningServer

type NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder is run once, on SQLite."""
    for item in items:
        if item.nodeid.startswith("tests/journeys/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demonstration() -> Iterator[RunningServer]:
    """The demonstration with its people and documents, server and worker; shared by all stories of a process."""
    with RunningServer(mode="demonstration", worker=True) as product:
        yield product


@pytest.fixture(scope="module")  # its event loop is in the way of others that need one
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Every story runs in French and in English, unless it parametrizes ``language`` itself."""
    return str(request.param)


@pytest.fixture
def width() -> int:
    """Pixels; ``@pytest.mark.parametrize("width", [360, 1280])`` for both."""
    return 1280


@pytest.fixture
def guards() -> Iterator[list[Guard]]:
    """Of every browser the story opened; checked when it ends."""
    opened: list[Guard] = []
    yield opened
    for guard in opened:
        guard.verify()


@pytest.fixture
def new_page(
    browser: Browser, demonstration: RunningServer, language: str, width: int, guards: list[Guard]
) -> Iterator[NewPage]:
    """``new_page()`` opens another person's browser; ``language=`` and ``width=`` may differ from the story's."""
    with ExitStack() as stack:

        def open_page(*, language: str = language, width: int = width) -> Page:
            context, guard = new_context(browser, demonstration.origin, language=language, width=width)
            stack.callback(context.close)
            guards.append(guard)
            return context.new_page()

        yield open_page


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """The story's first browser."""
    return new_page()


@pytest.fixture
def learner_page(page: Page, language: str) -> Page:
    """Zoé's browser in French, Alex's in English: signed in, on their documents."""
    sign_in(page, "zoe@example.org" if language == "fr" else "alex@example.org")
    return page
