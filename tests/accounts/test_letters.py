from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import allauth
import pytest
import time_machine
from django.test import Client
from django.utils import translation

from attesta.accounts import letters
from attesta.accounts.adapters import AccountAdapter
from attesta.accounts.models import Person
from attesta.accounts.wordings import PREFIXES, WORDINGS
from attesta.mail import composers
from attesta.mail.models import Letter, State
from tests.accounts import mailbox

TEMPLATES = Path(allauth.__file__).parent / "templates"
CONTEXT = {
    "code": "BCDF-GHJK",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "gone@example.org",
    "password_reset_url": "https://attesta.example/reset",
    "ip": "203.0.113.7",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
}


def test_every_mail_of_allauth_has_a_letter_of_ours() -> None:
    """A release that brings a new mail fails here, before someone misses it."""
    subjects = [
        file for app in ("account", "mfa", "usersessions") for file in TEMPLATES.glob(f"{app}/email/*_subject.txt")
    ]
    prefixes = {str(file.relative_to(TEMPLATES)).removesuffix("_subject.txt") for file in subjects}

    assert prefixes == set(PREFIXES)


def test_an_unknown_mail_fails_loudly(zoe: Person) -> None:
    with pytest.raises(letters.UnknownMail):
        AccountAdapter(None).send_mail("account/email/brand_new", zoe.email, {})
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_trust_40_every_letter_can_be_written_in_both_languages(zoe: Person, prefix: str, language: str) -> None:
    Person.objects.filter(pk=zoe.pk).update(language=language)
    letters.from_allauth(prefix, to=zoe.email, context=CONTEXT)

    written = mailbox.newest(zoe.email)

    with translation.override(language):
        assert written.subject == str(WORDINGS[PREFIXES[prefix]].subject)
    assert "%(" not in written.text
    assert "%(" not in written.html


def test_french_subjects_are_french() -> None:
    for wording in WORDINGS.values():
        with translation.override("fr"):
            french = str(wording.subject)
        with translation.override("en"):
            assert french != str(wording.subject)


def test_a_code_lies_in_the_outbox_only_sealed(zoe: Person) -> None:
    letters.from_allauth("account/email/password_reset_code", to=zoe.email, context={"code": "BCDF-GHJK"})

    [letter] = Letter.objects.all()

    assert letter.sealed is not None
    assert b"BCDF" not in bytes(letter.sealed)
    assert letter.facts == {}
    assert mailbox.code(zoe.email) == "BCDF-GHJK"


def test_a_code_that_no_longer_works_is_not_sent(zoe: Person) -> None:
    letters.from_allauth("account/email/password_reset_code", to=zoe.email, context={"code": "BCDF-GHJK"})
    [letter] = Letter.objects.all()

    with time_machine.travel(letter.created_at + timedelta(minutes=15), tick=False):
        assert composers.compose(letter) is None


def test_a_newer_code_takes_the_place_of_one_that_waits(zoe: Person) -> None:
    for code in ("BCDF-GHJK", "LMNP-QRST"):
        letters.from_allauth("account/email/password_reset_code", to=zoe.email, context={"code": code})

    assert mailbox.code(zoe.email) == "LMNP-QRST"
    assert Letter.objects.filter(state=State.WITHDRAWN).count() == 1


def test_a_letter_reads_as_its_person_reads_and_else_as_the_page(zoe: Person, alex: Person, client: Client) -> None:
    with translation.override("en"):
        for address in (zoe.email, alex.email, "nobody@example.org"):
            letters.from_allauth("account/email/unknown_account", to=address, context={})

    assert {letter.to: letter.language for letter in Letter.objects.all()} == {
        zoe.email: "fr",
        alex.email: "en",
        "nobody@example.org": "en",
    }


def test_news_tell_when_and_where_in_the_persons_own_time(alex: Person) -> None:
    Person.objects.filter(pk=alex.pk).update(time_zone="America/Vancouver")
    with time_machine.travel("2024-03-22 21:03:00+00:00", tick=False):
        letters.from_allauth("account/email/password_changed", to=alex.email, context=CONTEXT)

    text = " ".join(mailbox.newest(alex.email).text.split())

    assert "It happened on March 22, 2024, 2:03 p.m., from Firefox, Linux, network address 203.0.113.7." in text


def test_settled_letters_keep_no_code(zoe: Person) -> None:
    letters.from_allauth("account/email/login_code", to=zoe.email, context={"code": "BCDF-GHJK"})
    Letter.objects.update(sealed=None)

    [letter] = Letter.objects.all()

    assert composers.compose(letter) is None
