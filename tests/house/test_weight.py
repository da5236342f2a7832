"""Processes that only serve pages stay small (docs/adr/0030)."""

from __future__ import annotations

from pathlib import Path

from tests.house.test_settings import python

LATE = ["typst", "segno", "pypdfium2", "pkcs11", "pikepdf", "pyhanko", "PIL"]
CODE = f"""
import sys, attesta.config.worker
from django.urls import get_resolver
get_resolver().url_patterns
print([name for name in {LATE} if name in sys.modules])
"""


def test_large_libraries_are_loaded_at_their_first_use(tmp_path: Path) -> None:
    code = f"import django; django.setup(){CODE}"
    done = python(code, ATTESTA_MODE="test", ATTESTA_DATA_DIR=str(tmp_path))
    assert done.stdout == "[]\n", done.stderr
