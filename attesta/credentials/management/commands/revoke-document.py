"""``bin/attesta revoke-document``: a document is no longer valid, for a reason."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from attesta.credentials import actions
from attesta.credentials.management import desk


class Command(BaseCommand):
    help = "Revoke a document: its content is shown to nobody any more. This cannot be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--shown", action="store_true", help="The learner and recipients may read the reason.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        document = desk.credential(options["id"])
        with desk.refusals_as_sentences():
            actions.revoke(credential=document, reason=options["reason"], shown=options["shown"])
        desk.tell(self.stdout, document)
        self.stdout.write("Revoked.")
