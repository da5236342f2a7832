"""The cast and its props: every room's tests tell stories with these people."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from attesta.accounts.models import Person
from attesta.config import catalogues
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from attesta.vault import keys
from tests.harness import cast, templates
from tests.harness.pdfs import PdfMaker, make_pdf


def pytest_configure(config: pytest.Config) -> None:
    """Every process has keys and compiled catalogues before its first test."""
    keys.create(settings.KEYS_DIR)
    catalogues.compile_all()


DATABASE = {"db", "live_server", "product", "demonstration"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who asks no database says the same on each, and the demonstration runs on SQLite: once is enough.

    Files that start a browser come first, so that it serves them all, then those that start other processes: what is
    quick fills the gaps at the end.
    """
    for item in items:
        if not asks_a_database(item):
            item.add_marker(pytest.mark.once)
        if "demonstration" in fixtures(item):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: (not opens_browser(item.path), not starts_processes(item.path)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    if "browser" not in fixtures(item) and (harness := sys.modules.get("tests.harness.browser")):
        harness.stop_unused()


def pytest_sessionfinish() -> None:
    if harness := sys.modules.get("tests.harness.browser"):
        harness.stop_unused()


def asks_a_database(item: pytest.Item) -> bool:
    """Through Django, or through processes of the product, which a module names by importing them."""
    module = getattr(item, "module", None)
    return bool(item.get_closest_marker("django_db") or DATABASE & fixtures(item) or hasattr(module, "RunningServer"))


def fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


@cache
def opens_browser(file: Path) -> bool:
    return "playwright" in file.read_text()


@cache
def starts_processes(file: Path) -> bool:
    return bool(re.search("RunningServer|demonstration|subprocess", file.read_text()))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of pytest-django's, which migrates in every process."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(templates.migrated(connection))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def zoe(db: None) -> Person:
    """The learner and owner; reads French."""
    return cast.zoe()


@pytest.fixture
def alex(db: None) -> Person:
    """Another learner, the stranger to everything of Zoé's; reads English."""
    return cast.alex()


@pytest.fixture
def institution(db: None) -> Organization:
    return cast.institution()


@pytest.fixture
def other_institution(db: None) -> Organization:
    return cast.other_institution()


@pytest.fixture
def registrar(institution: Organization) -> Person:
    """Staff of Zoé's institution."""
    return cast.registrar(institution)


@pytest.fixture
def other_registrar(other_institution: Organization) -> Person:
    """Staff of an institution that has nothing to do with Zoé."""
    return cast.registrar(other_institution, "registrar@lacs.example")


@pytest.fixture
def operator(db: None) -> Person:
    """Runs the service: the operators' view, nobody's documents."""
    return cast.operator()


@pytest.fixture
def pdf() -> PdfMaker:
    """``pdf(pages=2, text="…")`` is a small real PDF."""
    return make_pdf


@pytest.fixture
def diploma(zoe: Person, institution: Organization, registrar: Person) -> Credential:
    """A two-page diploma of Zoé's, claimed, issued through the same action as every document."""
    return cast.diploma(zoe, institution, by=registrar)


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """``signed_in(zoe)`` is a browser of hers."""

    def sign_in(person: Person) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return sign_in
