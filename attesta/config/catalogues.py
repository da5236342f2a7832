"""Compiles translation catalogues (.po → .mo) without gettext's tools. No Django: it runs before set-up ends."""

from __future__ import annotations

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
HOMES = ("attesta", "demo")


def sources() -> list[Path]:
    return [po for home in HOMES for po in sorted((ROOT / home).rglob("locale/*/LC_MESSAGES/*.po"))]


def compile_all() -> int:
    """Compile every catalogue that is newer than its compiled form; the number of those."""
    stale = [po for po in sources() if is_stale(po)]
    for po in stale:
        compile_one(po)
    return len(stale)


def is_stale(po: Path) -> bool:
    compiled = po.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < po.stat().st_mtime


def compile_one(po: Path) -> None:
    """Written beside and renamed, so that a running server never reads half a file."""
    fresh = po.with_suffix(f".{os.getpid()}.mo")
    polib.pofile(str(po)).save_as_mofile(str(fresh))
    fresh.replace(po.with_suffix(".mo"))


if __name__ == "__main__":
    compile_all()
