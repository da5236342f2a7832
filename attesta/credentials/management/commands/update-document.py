"""``bin/attesta update-document``: a new version of a document, for a reason."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from attesta.credentials import actions
from attesta.credentials.management import desk


class Command(BaseCommand):
    help = "Replace a document's PDF by a new version. Every live share shows it from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID")
        parser.add_argument("file", metavar="FILE.pdf")
        parser.add_argument("--reason", required=True, help="The learner reads it.")
        parser.add_argument(
            "--as-given", action="store_true", help="Keep the file byte for byte and do not seal it (it has a seal)."
        )
        parser.add_argument("--learner-name", default="", metavar="NAME", help="The right name; else it stays.")
        parser.add_argument("--title-fr", default="", help="The right French title; else it stays.")
        parser.add_argument("--title-en", default="", help="The right English title; else it stays.")
        parser.add_argument("--issued-on", type=desk.day, metavar="YYYY-MM-DD", help="Of this version; else today.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        document = desk.credential(options["id"])
        with desk.refusals_as_sentences():
            version = actions.update(
                credential=document,
                pdf=desk.pdf_bytes(options["file"]),
                reason=options["reason"],
                issued_on=options["issued_on"],
                as_given=options["as_given"],
                **{name: options[name] for name in ("learner_name", "title_fr", "title_en")},
            )
        desk.tell(self.stdout, document)
        self.stdout.write(f"Version {version.number} is current.")
