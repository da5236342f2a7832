"""``bin/attesta issue-document``: a PDF becomes a learner's document."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, no_translations

from attesta.credentials import actions
from attesta.credentials.management import desk


class Command(BaseCommand):
    help = "Issue a PDF to a learner. Prints the document's id and its address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.pdf")
        parser.add_argument("--issuer", required=True, help="Short name or id of the institution.")
        parser.add_argument("--learner", required=True, metavar="EMAIL", help="The mailbox it is issued to.")
        parser.add_argument("--learner-name", default="", metavar="NAME")
        parser.add_argument("--title-fr", required=True)
        parser.add_argument("--title-en", required=True)
        parser.add_argument("--issued-on", required=True, type=desk.day, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--expires-on", type=desk.day, metavar="YYYY-MM-DD", help="First day on which it is no longer current."
        )
        parser.add_argument(
            "--number", default="", help="The institution's own number: the same one again issues nothing twice."
        )
        parser.add_argument(
            "--as-given", action="store_true", help="Keep the file byte for byte and do not seal it (it has a seal)."
        )
        parser.add_argument("--quiet", action="store_true", help="Send no letter to the learner.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        with desk.refusals_as_sentences():
            document = actions.issue(
                issuer=desk.issuer(options["issuer"]),
                learner_email=options["learner"],
                learner_name=options["learner_name"],
                title_fr=options["title_fr"],
                title_en=options["title_en"],
                issued_on=options["issued_on"],
                expires_on=options["expires_on"],
                number=options["number"],
                quiet=options["quiet"],
                as_given=options["as_given"],
                pdf=desk.pdf_bytes(options["file"]),
            )
        desk.tell(self.stdout, document)
