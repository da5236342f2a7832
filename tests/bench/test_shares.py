"""A short run of the benchmark answers on each database. Its figures mean nothing."""

from __future__ import annotations

from bench import shares
from tests.harness.server import RunningServer


def test_a_short_run_asks_for_everything() -> None:
    with RunningServer(worker=True, workers=2, environment=shares.ENVIRONMENT) as product:
        ratios = shares.measure(product, shares.SHORT)
    assert list(ratios) == list(shares.AIMS)
    assert min(ratios.values()) > 0
