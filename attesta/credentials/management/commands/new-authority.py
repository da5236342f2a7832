"""``bin/attesta new-authority --replace``: Attesta's own authority gives way to a new one (docs/sealing.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from attesta.credentials import sealing


class Command(BaseCommand):
    help = (
        "Replace Attesta's own certificate authority, whose keys others may know: its certificates are revoked, its"
        " folder is set aside, and what is issued from now on is sealed under a new root (docs/sealing.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--replace", action="store_true", help="Do it: there is no way back to the old authority.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["replace"]:
            raise CommandError("Nothing was changed. To give the authority up for good, add --replace.")
        try:
            authority, aside = sealing.replace()
        except OSError as problem:
            raise CommandError(
                f"The folder {problem.filename or ''} cannot be set aside or made ({problem.strerror}). Nothing is"
                " sealed by the old authority any more: mend that, and call this again."
            ) from None
        self.stdout.write(f"The new root's SHA-256 fingerprint: {authority.fingerprint}")
        if aside:
            self.stdout.write(f"The old authority lies in {aside}: take it off this machine.")
