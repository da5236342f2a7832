"""What must be true of the database file before a command runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection


def file_opens(*, app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Raises ImproperlyConfigured: Django's own checks would say that SQLite does not support JSON."""
    if connection.vendor == "sqlite":
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        except DatabaseError as problem:
            name = connection.settings_dict["NAME"]
            raise ImproperlyConfigured(
                f"The database {name} cannot be read ({problem}): the account that runs Attesta must own it and the"
                " files beside it whose names begin alike."
            ) from None
    return []
