"""``bin/attesta create-person``: an account for someone, who then sets the password themselves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from attesta.accounts import actions, links
from attesta.accounts.forms import reachable
from attesta.accounts.models import Language
from attesta.accounts.words import tidy

LONGEST_NAME = 150  # characters: the column holds no more


class Command(BaseCommand):
    help = "Make an account without a password. Its owner sets one by a code that is mailed to the address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The address to sign in with.")
        parser.add_argument("name", help="First and last name, in quotes.")
        parser.add_argument("--language", choices=Language.values, default=Language.FRENCH, help="fr or en.")
        parser.add_argument("--operator", action="store_true", help="May use the operators' view.")

    def handle(self, *args: Any, **options: Any) -> None:
        name = tidy(options["name"])
        if not 1 <= len(name) <= LONGEST_NAME:
            raise CommandError(f"A name has 1 to {LONGEST_NAME} characters, nothing was made.")
        try:
            validate_email(options["email"])
            reachable(options["email"])
            person = actions.create(
                email=options["email"],
                name=name,
                language=options["language"],
                operator=options["operator"],
                proved=False,
            )
        except ValidationError:
            raise CommandError(f"Not an e-mail address, nothing was made: {options['email']}") from None
        except actions.AddressTaken:
            raise CommandError(f"An account uses this address already, nothing was made: {options['email']}") from None
        self.stdout.write(f"Made an account for {person.name} <{person.email}>.")
        self.stdout.write(f"They set their password at {links.new_password()}")
