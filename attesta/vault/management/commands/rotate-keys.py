"""``bin/attesta rotate-keys``: a new wrapping key, and everything brought under it, beside live traffic."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from attesta.vault import keys, rotation


class Command(BaseCommand):
    help = "Make a new wrapping key and bring data keys, link tokens and PINs under it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--finish", action="store_true", help="No new key: finish a rotation that was interrupted.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["finish"]:
            _add_key(Path(settings.KEYS_DIR))
        changed = rotation.reseal_everything()
        self.stdout.write(f"{keys.provider().current()} is the current key; {changed} values were brought under it.")
        self.stdout.write("Keep the older keys for as long as you keep backups that they can read.")


def _add_key(folder: Path) -> None:
    try:
        keys.add_wrapping_key(folder)
    except OSError as problem:
        raise CommandError(f"No key could be made in {folder}: {problem.strerror}. Nothing was changed.") from None
