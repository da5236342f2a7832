"""Sheets that are made while someone waits. The typesetter runs in a confined program: servers never load it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attesta.credentials.confinement import Failed, Program

__all__ = ["Failed", "typeset"]

program = Program("attesta.credentials.typesetting_child")


def typeset(sheet: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a sheet, named from ``attesta/`` on, with its ``data``. Raises Failed when that takes too much."""
    return program.ask("typeset", json.dumps(data).encode(), sheet=sheet, at=int(at.timestamp()))
