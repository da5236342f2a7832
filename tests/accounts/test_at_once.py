"""The same button pressed twice, and two browsers of one person, at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.harness.server import RunningServer

CAST = """
from django.test import Client
from django.test.utils import setup_test_environment
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from attesta.accounts.models import Person
from tests.accounts import mailbox
from tests.accounts.test_factors import FACTORS, app_code
from tests.harness import cast
from tests.harness.server import PASSWORD
from tests.harness.together import together

setup_test_environment()

def browser():
    return Client(SERVER_NAME="localhost", raise_request_exception=False)
"""


@pytest.fixture
def product() -> Iterator[RunningServer]:
    """A data folder of its own; only its commands run."""
    with closing(RunningServer()) as product:
        yield product


def test_a_sign_up_pressed_twice_at_once_is_one_account_and_no_error(product: RunningServer) -> None:
    """One of them may be told that a code was sent a moment ago."""
    said = product.shell(
        CAST
        + """
FORM = {"name": "Noé Lavoie", "email": "noe@example.org", "password1": "quatre érables sous la neige"}
answers = together(3, lambda number: browser().post("/accounts/signup/", FORM))
print({answer.status_code for answer in answers} - {429}, Person.objects.count(), EmailAddress.objects.count())
"""
    )
    assert said == "{302} 1 1\n"


def test_what_is_pressed_twice_at_once_changes_an_account_once_and_is_no_error(product: RunningServer) -> None:
    """An address is proved, made primary, and an authenticator app is added."""
    said = product.shell(
        CAST
        + """
zoe, home, work = cast.zoe(), browser(), "zoe@work.example"
home.post("/accounts/login/", {"login": zoe.email, "password": PASSWORD})
home.post("/accounts/reauthenticate/", {"password": PASSWORD})
def twice(path, data):
    def press(number):
        other = browser()
        other.cookies.update(home.cookies)
        return other.post(path, data).status_code
    return together(2, press)
home.post("/accounts/email/", {"email": work, "action_add": "yes"})
print(twice("/accounts/confirm-email/", {"code": mailbox.code(work)}))
print(twice("/accounts/email/", {"email": work, "action_primary": "yes"}))
secret = home.get(f"{FACTORS}/totp/activate/").context["form"].secret
print(twice(f"{FACTORS}/totp/activate/", {"code": app_code(secret)}))
print(EmailAddress.objects.count(), Person.objects.get(pk=zoe.pk).email, Authenticator.objects.count())
print(mailbox.kinds("zoe@example.org"), mailbox.kinds(work))
"""
    )
    assert said == "[302, 302]\n" * 3 + "2 zoe@work.example 2\n" + (
        "['accounts.address-added', 'accounts.primary-changed'] ['accounts.address-code', 'accounts.app-added']\n"
    )
