"""``seed-demo``: people, institutions, documents and weeks of history. Safe to repeat: what is there stays."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo import seeding


class Command(BaseCommand):
    help = "Fill a demonstration with invented people, documents and history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only say whether this database may be filled.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Only with ATTESTA_MODE=demonstration: it makes accounts whose password is public.")
        try:
            seeding.check()
        except seeding.NotOurs as problem:
            raise CommandError(str(problem)) from None
        if options["check"]:
            return
        told = seeding.seed(now=timezone.now())
        self.stdout.write(f"Made {told} pieces of history." if told else "Everything is there already.")
