"""``bin/attesta create-keys``: the first encryption keys of an installation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from attesta.vault import keys
from attesta.vault.models import DataKey


class Command(BaseCommand):
    help = "Make the encryption keys that are missing. Existing keys are never changed."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.KEYS_DIR)
        if not keys.wrapping_names(folder) and documents_wait_for_lost_keys():
            raise CommandError(
                f"There are encrypted documents but no keys in {folder}: restore the keys from your backup. "
                "New keys could not read them."
            )
        try:
            made = keys.create(folder)
        except OSError as problem:
            raise CommandError(f"Keys could not be made in {folder}: {problem.strerror}.") from None
        for name in made:
            self.stdout.write(f"Made {folder / name}.key")
        self.stdout.write(f"The keys are in {folder}. Back this folder up, apart from the database.")


def documents_wait_for_lost_keys() -> bool:
    """False also before the first migration."""
    try:
        return DataKey.objects.exists()
    except DatabaseError:
        return False
