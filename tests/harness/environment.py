"""The test environment, as a pytest plugin (``-p`` in pyproject.toml): set before Django reads its settings.

Every process (each xdist worker too) gets a data folder of its own, removed at its end. Of the
caller's ``ATTESTA_*`` variables only the database's address stays: it chooses SQLite or PostgreSQL.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.harness.templates import shared_shelf

KEPT = {"ATTESTA_DATABASE_URL"}


def prepare() -> None:
    """Point this process at a fresh data folder."""
    for name in [name for name in os.environ if name.startswith("ATTESTA_") and name not in KEPT]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="attesta-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, "static").mkdir()
    os.environ["ATTESTA_MODE"] = "test"
    os.environ["ATTESTA_DATA_DIR"] = folder
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs beside the database.
    shared_shelf()  # xdist's workers inherit the place of the process that starts them


prepare()
