"""What is said of the source does not depend on the database."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/house/") and "db" not in getattr(item, "fixturenames", []):
            item.add_marker(pytest.mark.once)
