"""What many do at the same moment, each on a thread and a connection of its own. For code that ``shell`` runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def together[R](count: int, work: Callable[[int], R]) -> list[R]:
    """What ``work`` returns for each number below ``count``."""
    start = threading.Barrier(count)

    def run(number: int) -> R:
        start.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [done.result() for done in [pool.submit(run, number) for number in range(count)]]
