"""``bin/attesta check-documents``: reads every document, as a restore must be tried before anyone relies on it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from attesta.credentials import auditing


class Command(BaseCommand):
    help = "Read and decrypt every version of every document and compare it with what was issued. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        read = wrong = 0
        for version, trouble in auditing.troubles():
            read += 1
            if trouble:
                wrong += 1
                self.stdout.write(f"{version.credential_id}  version {version.number}  {trouble}")
        if wrong:
            raise CommandError(f"Of {read} versions, {wrong} cannot be read as they were issued.")
        self.stdout.write(f"Versions that can be read, byte for byte as they were issued: all {read}.")
