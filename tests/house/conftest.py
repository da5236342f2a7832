"""What is said of the source does not depend on the database."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and "db" not in getattr(item, "fixturenames", []):
            item.add_marker(pytest.mark.once)
