"""``bin/attesta create-institution``: an institution that may issue documents."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations

from attesta.organizations import actions


class Command(BaseCommand):
    help = "Add an institution. Prints its id and its short name, which issue-document takes as --issuer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SHORT-NAME", help="Lower-case letters, digits and hyphens.")
        parser.add_argument("--name-fr", required=True)
        parser.add_argument("--name-en", required=True)
        parser.add_argument("--contact-email", required=True, help="Where learners and recipients ask questions.")
        parser.add_argument("--unit-fr", default="", help="Who answers: Bureau du registraire.")
        parser.add_argument("--unit-en", default="", help="Who answers: Office of the Registrar.")
        parser.add_argument("--contact-phone", default="")
        parser.add_argument("--website-fr", default="")
        parser.add_argument("--website-en", default="")
        parser.add_argument("--address", default="")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        fields = {name: options[name] for name in actions.FIELDS}
        try:
            institution = actions.create(slug=options["slug"], is_issuer=True, **fields)
        except ValidationError as problem:
            raise CommandError(sentence(problem)) from None
        self.stdout.write(str(institution.pk))
        self.stdout.write(institution.slug)


def sentence(problem: ValidationError) -> str:
    """``slug: Organization with this Slug already exists.``, each field once."""
    parts = [f"{field.replace('_', '-')}: {' '.join(said)}" for field, said in problem.message_dict.items()]
    return f"{' '.join(parts)} Nothing was changed."
