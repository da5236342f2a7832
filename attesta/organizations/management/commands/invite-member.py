"""``bin/attesta invite-member``: the first people of an institution's staff; they invite the others."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from attesta.organizations import actions
from attesta.organizations.models import Membership, Organization, Role
from attesta.organizations.rules import Refused


class Command(BaseCommand):
    help = "Ask someone to act for an institution. A letter tells them; administrators invite the others themselves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SHORT-NAME", help="Of the institution, as create-institution took it.")
        parser.add_argument("email", help="Whoever proves this mailbox acts for it.")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR)

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        organization = Organization.objects.named(options["slug"]).first()
        if organization is None:
            raise CommandError(f"There is no institution {options['slug']}. Nothing was changed.")
        try:
            made = actions.invite(organization=organization, email=options["email"], role=str(options["role"]), by=None)
        except Refused as problem:
            raise CommandError(str(problem)) from None
        acts = "acts for" if isinstance(made, Membership) else "was invited to act for"
        self.stdout.write(f"{options['email']} {acts} {organization.slug}: {made.role}. A letter says so.")
