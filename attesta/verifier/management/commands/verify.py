"""``bin/attesta verify``: what the page says of a file, for people and for programs (docs/verifying.md)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, SystemCheckError
from django.db import DatabaseError, InterfaceError
from django.utils import timezone, translation

from attesta.credentials.pdf import MAX_BYTES
from attesta.verifier import printing, rules, verification

CANNOT_TELL = 2


class Command(BaseCommand):
    help = "Say whether a file is genuine and current. Exit code 0: it is; 1: it is not; 2: we cannot tell."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="A PDF, or - for what comes on standard input.")
        parser.add_argument("--json", action="store_true", help="For programs: one JSON object (docs/verifying.md).")
        parser.add_argument("--language", choices=["fr", "en"], default="en")

    def execute(self, *args: Any, **options: Any) -> Any:
        """Exit code 1 is a verdict on the file: whatever keeps us from looking is another."""
        try:
            return super().execute(*args, **options)
        except SystemCheckError as problem:
            raise cannot_tell(str(problem)) from None
        except CommandError:
            raise
        except Exception as problem:
            raise cannot_tell(reason(problem)) from problem

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        answer = verification.of_file(content(options["file"]), now=now)
        with translation.override(options["language"]):
            if options["json"]:
                self.stdout.write(json.dumps(printing.as_json(answer, now), ensure_ascii=False, indent=2))
            else:
                self.stdout.write(printing.as_text(answer, now))
        if code := rules.exit_code(answer.conclusion):
            sys.exit(code)


def cannot_tell(why: str) -> CommandError:
    return CommandError(f"We cannot tell: {why}", returncode=CANNOT_TELL)


def reason(problem: Exception) -> str:
    match problem:
        case DatabaseError() | InterfaceError():
            return f"the register cannot be reached ({type(problem).__name__})."
        case ImproperlyConfigured():
            return str(problem)
        case verification.Busy():
            return "too many files are being examined. Try again."
        case _:
            return f"something went wrong here ({type(problem).__name__}). With --traceback it says where."


def content(name: str) -> bytes:
    """Raises CommandError for what cannot be read, or is larger than anything that is issued."""
    try:
        if name == "-":
            found = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                found = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise CommandError(f"The file {name} cannot be read: {problem.strerror}.", returncode=CANNOT_TELL) from None
    if len(found) > MAX_BYTES:
        raise CommandError("The file is larger than 25 MB: nothing that is issued is.", returncode=CANNOT_TELL)
    return found
