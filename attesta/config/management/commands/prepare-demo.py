"""``bin/demo`` runs this before it serves: keys, tables, people and documents, static files. Safe to repeat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from attesta.credentials import sealing
from attesta.vault import keys


class Command(BaseCommand):
    help = "Prepare a demonstration's data folder."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Only with ATTESTA_MODE=demonstration: it makes accounts whose password is public.")
        call_command("seed-demo", "--check")
        keys.create(settings.KEYS_DIR)
        call_command("migrate", verbosity=0)
        call_command("seed-demo")
        sealing.prepare()  # its first story made it, at its own time; without a story it is made now
        call_command("collectstatic", interactive=False, verbosity=0)
