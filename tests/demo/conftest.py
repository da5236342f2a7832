"""The demonstration as it runs: seeded, served, in a data folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.harness.server import RunningServer

Ask = Callable[..., Any]
Facts = dict[str, Any]


@pytest.fixture(scope="session")
def demonstration() -> Iterator[RunningServer]:
    with RunningServer(mode="demonstration") as product:
        yield product


@pytest.fixture(scope="session")
def ask(demonstration: RunningServer) -> Ask:
    """``ask("states", "zoe@example.org")`` calls that function of ``inside`` in a process of the demonstration."""

    def run(name: str, *arguments: str) -> Any:
        code = f"import json; from tests.demo import inside; print(json.dumps(inside.{name}(*{arguments!r})))"
        return json.loads(demonstration.shell(code))

    return run


@pytest.fixture(scope="session")
def facts(ask: Ask) -> Facts:
    """What the first start made, all of it asked at once."""
    made: Facts = ask("facts")
    return made
