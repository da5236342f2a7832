"""``bin/attesta sweep-vault``: remove encrypted files that nothing names any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from attesta.vault import sweeping


class Command(BaseCommand):
    help = "Remove encrypted files that no row has named for a day. The worker does it once a day too."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweeping.sweep(timezone.now())} files were removed.")
