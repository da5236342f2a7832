"""``bin/attesta copy-database``: SQLite's file as it is at one moment, while everything goes on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

PG_DUMP = 'With PostgreSQL: pg_dump --format=custom --file=FILE "$ATTESTA_DATABASE_URL"'


class Command(BaseCommand):
    help = "Write a consistent copy of the SQLite database to a new file, while server and worker run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="It must not be there yet.")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(PG_DUMP)
        file: Path = options["file"]
        _make(file)
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(file)])  # one snapshot; an empty file is taken for a new one
            _sync(file)
        except BaseException as problem:
            file.unlink()
            if isinstance(problem, (DatabaseError, OSError)):
                raise CommandError(f"{file} cannot be written: {problem}. Nothing was kept of it.") from None
            raise
        self.stdout.write(f"Copied to {file} ({file.stat().st_size} bytes).")


def _make(file: Path) -> None:
    """Nobody else may read it, from its first byte on."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as problem:
        raise CommandError(f"{file} cannot be made: {problem.strerror}. Nothing was copied.") from None


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
