"""``bin/attesta dead-letters``: letters that never left, why, and another try for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from attesta.mail import outbox
from attesta.mail.models import Letter


class Command(BaseCommand):
    help = "List the letters that were given up, with the reason; --requeue sends them on their way again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--requeue", nargs="+", metavar="ID", help="Ids as listed, or the word all.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["requeue"]:
            self._requeue(_chosen(options["requeue"]))
        else:
            self._list()

    def _list(self) -> None:
        letters = Letter.objects.dead()
        for letter in letters.iterator():
            since = letter.created_at.isoformat(timespec="minutes")
            self.stdout.write(f"{letter.id}  {since}  {letter.kind}  {letter.to}  {letter.last_error}")
        self.stdout.write(f"Dead letters: {letters.count()}")

    def _requeue(self, letters: QuerySet[Letter]) -> None:
        revived = sum(outbox.requeue(letter) for letter in letters)
        self.stdout.write(f"Letters queued again: {revived}")


def _chosen(words: list[str]) -> QuerySet[Letter]:
    """Raises CommandError, before anything changes, for an id that is not a dead letter's."""
    dead = Letter.objects.dead()
    if words == ["all"]:
        return dead
    ids = {_id(word) for word in words}
    found = dead.filter(pk__in=ids)
    if missing := {str(id) for id in ids - {letter.pk for letter in found}}:
        raise CommandError(f"Not a dead letter, nothing was changed: {', '.join(sorted(missing))}")
    return found


def _id(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        raise CommandError(f"Not an id, nothing was changed: {word}") from None
