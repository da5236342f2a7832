"""``bin/attesta work``: the worker, until SIGTERM or Ctrl-C; the letter in hand still leaves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from attesta.config.worker import Worker


class Command(BaseCommand):
    help = "Run the worker: mail, page images, expiry notices, tidying. Several may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="One round, then end.")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        if options["once"]:
            worker.round()
            worker.leave()
            return
        worker.listen()
        worker.run()
