"""An authority, an institution's seal and composed documents, made once a session: seals change none of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.seals import composed
from tests.seals.checkers import Checkers
from tests.seals.office import Office

KEYS = ["p256", "rsa3072"]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The institution's sealing office: ECDSA P-256."""
    return Office.new(tmp_path_factory.mktemp("office") / "pki")


@pytest.fixture(scope="session")
def rsa_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Another installation, whose keys are RSA of 3072 bits."""
    return Office.new(tmp_path_factory.mktemp("rsa") / "pki", key="rsa3072")


@pytest.fixture(scope="session", params=KEYS)
def any_office(request: pytest.FixtureRequest) -> Office:
    name = "office" if request.param == "p256" else "rsa_office"
    found: Office = request.getfixturevalue(name)
    return found


@pytest.fixture(scope="session")
def diploma() -> bytes:
    """One page, PDF/A-3a and PDF/UA-1."""
    return composed.compose(composed.DIPLOMA)


@pytest.fixture(scope="session")
def transcript() -> bytes:
    """Three pages, PDF/A-3a and PDF/UA-1."""
    return composed.compose(composed.TRANSCRIPT)


@pytest.fixture
def checkers(tmp_path: Path) -> Callable[[Office], Checkers]:
    """``checkers(office)``: the tools that others wrote, trusting that office's root."""
    return lambda office: Checkers(tmp_path, office.root)
