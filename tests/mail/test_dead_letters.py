"""Operators see dead letters and give them another try: on the command line and in the admin."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.http import HttpRequest
from django.test import RequestFactory

from attesta.accounts.models import Person
from attesta.mail.admin import LetterAdmin
from attesta.mail.models import Letter
from tests.mail.scribe import NOON, note

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("dead-letters", *words, stdout=out)
    return out.getvalue()


def dead_letter(to: str = "nobody@example.org", minutes: int = 0) -> Letter:
    letter = note(to=to)
    at = NOON + timedelta(minutes=minutes)
    Letter.objects.filter(pk=letter.pk).update(
        state="dead", settled_at=at, due_at=None, last_error="mailbox-unknown 550 5.1.1"
    )
    return letter


def test_trust_33_dead_letters_are_listed_with_their_reason() -> None:
    note()
    old, new = dead_letter(), dead_letter("full@example.org", minutes=5)
    since = "2026-11-02T17:00+00:00"
    assert run() == (
        f"{new.id}  {since}  tests.note  full@example.org  mailbox-unknown 550 5.1.1\n"
        f"{old.id}  {since}  tests.note  nobody@example.org  mailbox-unknown 550 5.1.1\n"
        "Dead letters: 2\n"
    )


def test_one_or_all_are_queued_again() -> None:
    first, _second, _third = dead_letter(), dead_letter(), dead_letter()
    assert run("--requeue", str(first.id).upper()) == "Letters queued again: 1\n"  # as others may write it
    assert run("--requeue", "all") == "Letters queued again: 2\n"
    assert Letter.objects.filter(state="queued", settled_at=None, last_error="").count() == 3


@pytest.mark.parametrize("word", ["nonsense", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"])
def test_what_is_no_dead_letter_is_named_and_changes_nothing(word: str) -> None:
    dead = dead_letter()
    with pytest.raises(CommandError, match=f"nothing was changed: {word}"):
        run("--requeue", str(dead.id), word)
    assert Letter.objects.dead().count() == 1


def test_the_admin_reads_only_and_requeues(operator: Person, zoe: Person) -> None:
    page = LetterAdmin(Letter, admin.site)
    asked: HttpRequest = RequestFactory().get("/")
    asked.user = operator
    assert page.has_view_permission(asked)
    assert not (
        page.has_add_permission(asked) or page.has_change_permission(asked) or page.has_delete_permission(asked)
    )
    assert set(page.get_actions(asked)) == {"requeue"}
    assert {"sealed", "lease"} & set(page.get_fields(asked)) == set()
    asked.user = zoe
    assert not page.has_view_permission(asked)
    assert page.get_actions(asked) == {}
