"""What ``issue-batch`` does at the desk: people and templates by name, findings on paper, signals in hand."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType

from allauth.account.models import EmailAddress
from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials.batches import problems
from attesta.credentials.batches.findings import Finding
from attesta.credentials.batches.rules import MAX_BYTES
from attesta.credentials.models import Template
from attesta.credentials.rules import Refused
from attesta.organizations.models import Membership, Organization
from attesta.organizations.rules import Act, may

CANNOT = 2  # exit code: nothing is wrong with the file, but it could not be done


def cannot(sentence: object) -> CommandError:
    return CommandError(str(sentence), returncode=CANNOT)


@contextmanager
def refusals_as_sentences() -> Iterator[None]:
    """Whatever stops the command before its file was looked at ends it with a sentence and exit code 2."""
    try:
        yield
    except (Refused, CommandError) as reason:
        raise cannot(reason) from None


class Interruption:
    """Ctrl-C and SIGTERM finish the document in hand; a second one ends the process at once."""

    def __init__(self) -> None:
        self.came = False

    def __call__(self) -> bool:
        return self.came

    @contextmanager
    def awaited(self) -> Iterator[Interruption]:
        before = {name: signal.signal(name, self._arrived) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        if self.came:
            raise KeyboardInterrupt
        self.came = True


def moment(text: str) -> datetime:
    """An argument such as 2026-06-12T09:00, where the institutions are unless it says otherwise."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a moment: write it as 2026-06-12T09:00.") from None
    return found if timezone.is_aware(found) else timezone.make_aware(found, timezone.get_default_timezone())


def file_bytes(name: str) -> bytes:
    """The file's bytes, and no more than decide that it is too large."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise cannot(f"The file {name} cannot be read: {problem.strerror}. Nothing was changed.") from None


def template(issuer: Organization, name: str | None) -> Template | None:
    if not name:
        return None
    found = Template.objects.filter(issuer=issuer, retired_at=None, name=name).first()
    if found is None:
        known = ", ".join(issuer.templates.filter(retired_at=None).values_list("name", flat=True)) or "none"
        raise cannot(f"This institution has no template named {name!r} (it has: {known}). Nothing was changed.")
    return found


def member(issuer: Organization, email: str | None, act: Act) -> Person | None:
    """Who acts for the institution, by any of their proved mailboxes."""
    if not email:
        return None
    people = EmailAddress.objects.filter(email=email.lower(), verified=True).values("user")
    found = Membership.objects.filter(organization=issuer, person__in=people).select_related("person").first()
    if found is None or not may(found.role, act):
        raise cannot(f"{email} may not do that for this institution. Nothing was changed.")
    return found.person


def tell(out: OutputWrapper, findings: Iterable[Finding]) -> None:
    """One line each: where, which column, what stood there, what is wrong."""
    for found in findings:
        where = ", ".join(part for part in (_place(found.place), found.column) if part)
        value = f" “{found.value}”" if found.value else ""
        out.write(f"{where}{value}: {problems.sentence(found.code)} [{found.code}]".removeprefix(": "))


def _place(place: str) -> str:
    return f"line {place}" if place.isdecimal() else place
