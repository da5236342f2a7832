"""``bin/attesta rotate-seal``: an institution seals with a new key; what the old one sealed stays valid."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from attesta.credentials import sealing
from attesta.credentials.management import desk


class Command(BaseCommand):
    help = "Give an institution a new sealing key. With --revoke its current one is revoked first: others may know it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--issuer", required=True, help="Short name or id of the institution.")
        parser.add_argument("--revoke", action="store_true", help="Seals made from now on with the old key are none.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        issuer = desk.issuer(options["issuer"])
        try:
            old = sealing.current(issuer)
            if options["revoke"]:
                sealing.revoke(certificate=old)
                new = sealing.current(issuer)
            else:
                new = sealing.rotate(issuer=issuer)
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        if new.revoked_at:
            raise CommandError(
                f"{new.fingerprint} is revoked, and nothing is sealed for {issuer.name_en} until ATTESTA_SEALS_FILE"
                " names its new key, which running processes read within five minutes."
            )
        self.stdout.write(f"{issuer.name_en} seals with {new.fingerprint} from now on (before: {old.fingerprint}).")
