"""``bin/attesta serve``: the server, until SIGTERM or Ctrl-C; requests in hand are still answered."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from attesta.config import serving


class Command(BaseCommand):
    help = "Run the server, behind a proxy that speaks HTTPS. Several may run at once, on ports of their own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="On 127.0.0.1 (8000 unless said).")
        parser.add_argument("--workers", type=int, default=2, help="Processes that answer (2 unless said).")

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if port < 1 or not serving.free(port):  # two servers on one port would share its requests, unnoticed
            raise CommandError(f"Nothing can listen on port {port}, or something does already: name another by --port.")
        serving.serve(["--port", str(port), "--workers", str(options["workers"])])
