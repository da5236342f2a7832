"""``bin/attesta sweep-vault``: remove encrypted files that nothing names any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from attesta.vault import folder, sweeping


class Command(BaseCommand):
    help = "Remove encrypted files that no row has named for a day. The worker does it once a day too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--adopt", action="store_true", help="Database and folder belong together: note it in both, remove nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["adopt"]:
            folder.adopt()
            self.stdout.write(f"{folder.where()} is now this database's folder.")
            return
        self.stdout.write(f"{sweeping.sweep(timezone.now())} files were removed.")
