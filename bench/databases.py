"""Which database a benchmark's processes use."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from tests.harness.postgres import private_postgres


@contextlib.contextmanager
def using(name: str) -> Iterator[None]:
    """``sqlite``, in each data folder; or ``postgresql``, a private and durable one."""
    os.environ.pop("ATTESTA_DATABASE_URL", None)
    if name == "sqlite":
        yield
        return
    with private_postgres(durable=True) as address:
        os.environ["ATTESTA_DATABASE_URL"] = address
        try:
            yield
        finally:
            del os.environ["ATTESTA_DATABASE_URL"]
