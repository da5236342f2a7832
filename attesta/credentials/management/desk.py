"""What the commands of the registrar's desk have in common: files, names and refusals."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from django.core.management.base import CommandError, OutputWrapper

from attesta.credentials import links
from attesta.credentials.models import Credential
from attesta.credentials.pdf import MAX_BYTES
from attesta.credentials.rules import Refused
from attesta.organizations.models import Organization


@contextmanager
def refusals_as_sentences() -> Iterator[None]:
    """A refusal ends the command with its sentence and exit code 1."""
    try:
        yield
    except Refused as refusal:
        raise CommandError(str(refusal)) from None


def day(text: str) -> date:
    """An argument such as 2024-03-22."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: write it as 2024-03-22.") from None


def pdf_bytes(name: str) -> bytes:
    """The file's bytes, and no more than decide that it is too large."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise CommandError(f"The file {name} cannot be read: {problem.strerror}. Nothing was changed.") from None


def issuer(name: str) -> Organization:
    found = Organization.objects.issuers().named(name).first()
    if not found:
        raise CommandError(f"No institution with the short name or id {name!r} issues documents. Nothing was changed.")
    return found


def credential(pk: str) -> Credential:
    try:
        found = Credential.objects.addressed(UUID(pk))
    except ValueError:
        found = None
    if not found:
        raise CommandError(f"There is no document with the id {pk!r}. Nothing was changed.")
    return found


def tell(out: OutputWrapper, document: Credential) -> None:
    """The id on the first line, for programs; the address on the second, for people."""
    out.write(str(document.pk))
    out.write(links.document(document.pk))
