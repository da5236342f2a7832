"""The one reader of the environment: typed, with a sentence for whatever is missing.

A data folder may carry its own ``attesta.env`` (``bin/demo`` writes one), so that
``bin/attesta`` works on that folder without further settings. Real variables win over the file.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]


class Mode(StrEnum):
    """How this process runs. Production is the default, so forgetting is safe."""

    PRODUCTION = "production"
    DEMONSTRATION = "demonstration"
    TEST = "test"


def data_dir() -> Path:
    """The folder that holds database, keys and encrypted files."""
    return Path(os.environ.get("ATTESTA_DATA_DIR") or ROOT / "data").resolve()


def load() -> environ.Env:
    """Read ``attesta.env`` of the data folder below the real environment."""
    file = data_dir() / "attesta.env"
    if file.is_file():
        environ.Env.read_env(file, overwrite=False)
    return environ.Env()


def mode(env: environ.Env) -> Mode:
    """Raises ImproperlyConfigured for a mode that does not exist."""
    name = env.str("ATTESTA_MODE", default=Mode.PRODUCTION)
    try:
        return Mode(name)
    except ValueError:
        choices = ", ".join(Mode)
        raise ImproperlyConfigured(f"ATTESTA_MODE is {name!r}; set it to one of: {choices}.") from None


def required(env: environ.Env, names: dict[str, str]) -> None:
    """Refuse to start while any of ``names`` (variable → what it is for) is unset."""
    missing = [f"  {name}: {purpose}" for name, purpose in names.items() if not env.str(name, default="")]
    if missing:
        lines = "\n".join(missing)
        raise ImproperlyConfigured(f"Attesta refuses to start. Set in the environment:\n{lines}")
