from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts import factors
from attesta.accounts.models import Person
from attesta.vault import keys, secrets
from tests.accounts import mailbox
from tests.accounts.conftest import Door
from tests.accounts.passkey import Passkey
from tests.harness.forgeries import flipped
from tests.harness.server import PASSWORD

FACTORS = "/accounts/2fa"


def app_code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def add_app(browser: Client) -> str:
    """Adds an authenticator app; its secret."""
    secret = browser.get(f"{FACTORS}/totp/activate/").context["form"].secret
    answer = browser.post(f"{FACTORS}/totp/activate/", {"code": app_code(secret)})
    assert answer["Location"] == f"{FACTORS}/recovery-codes/"
    return str(secret)


def add_passkey(browser: Client, passkey: Passkey) -> None:
    options = browser.get(f"{FACTORS}/webauthn/add/").context["js_data"]
    answer = browser.post(
        f"{FACTORS}/webauthn/add/", {"name": "Téléphone", "credential": passkey.create(as_sent(options))}
    )
    assert answer["Location"] == f"{FACTORS}/recovery-codes/"


def as_sent(options: Any) -> dict[str, Any]:
    """As the browser reads it from the page."""
    sent: dict[str, Any] = json.loads(json.dumps(options, cls=DjangoJSONEncoder))
    return sent


def first_step(person: Person) -> Client:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == f"{FACTORS}/authenticate/"
    return browser


def test_with_an_app_the_password_alone_opens_nothing(zoe: Person, confirmed: Door) -> None:
    secret = add_app(confirmed(zoe))
    browser = first_step(zoe)
    assert browser.get("/account/").status_code == 302

    wrong = browser.post(f"{FACTORS}/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    answer = browser.post(f"{FACTORS}/authenticate/", {"code": app_code(secret)})

    assert answer["Location"] == "/documents/"
    assert browser.get("/account/").status_code == 200


def test_a_code_of_the_app_opens_once(zoe: Person, confirmed: Door) -> None:
    secret = add_app(confirmed(zoe))
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False) as clock:
        code = app_code(secret)
        assert first_step(zoe).post(f"{FACTORS}/authenticate/", {"code": code}).status_code == 302
        clock.shift(30)
        assert first_step(zoe).post(f"{FACTORS}/authenticate/", {"code": code}).status_code == 200


def test_a_code_half_a_minute_old_still_opens(zoe: Person, confirmed: Door) -> None:
    secret = add_app(confirmed(zoe))

    answer = first_step(zoe).post(f"{FACTORS}/authenticate/", {"code": app_code(secret, -1)})

    assert answer.status_code == 302


def test_five_wrong_codes_pause_the_account(zoe: Person, confirmed: Door) -> None:
    secret = add_app(confirmed(zoe))
    browser = first_step(zoe)
    for _ in range(5):
        browser.post(f"{FACTORS}/authenticate/", {"code": "000000"})

    answer = browser.post(f"{FACTORS}/authenticate/", {"code": app_code(secret)})

    assert answer.context["form"].errors == {"code": ["Trop de tentatives. Attendez cinq minutes, puis réessayez."]}


def test_a_recovery_code_opens_once(zoe: Person, confirmed: Door) -> None:
    browser = confirmed(zoe)
    add_app(browser)
    code = browser.get(f"{FACTORS}/recovery-codes/").context["unused_codes"][0]

    assert first_step(zoe).post(f"{FACTORS}/authenticate/", {"code": code}).status_code == 302
    assert first_step(zoe).post(f"{FACTORS}/authenticate/", {"code": code}).status_code == 200


def test_recovery_codes_can_be_kept_as_a_file(zoe: Person, confirmed: Door) -> None:
    browser = confirmed(zoe)
    add_app(browser)
    codes = browser.get(f"{FACTORS}/recovery-codes/").context["unused_codes"]

    text = browser.get(f"{FACTORS}/recovery-codes/download/").content.decode()

    assert text.split()[-len(codes) :] == codes


def test_a_passkey_signs_in_by_itself(zoe: Person, confirmed: Door, client: Client) -> None:
    passkey = Passkey()
    add_passkey(confirmed(zoe), passkey)

    options = client.get(f"{FACTORS}/webauthn/login/", headers={"Accept": "application/json"}).json()
    answer = client.post(f"{FACTORS}/webauthn/login/", {"credential": passkey.use(options)})

    assert answer["Location"] == "/documents/"
    assert client.get("/account/").context["user"] == zoe


def test_a_passkey_is_a_second_step_too(zoe: Person, confirmed: Door) -> None:
    passkey = Passkey()
    add_passkey(confirmed(zoe), passkey)
    browser = first_step(zoe)

    options = as_sent(browser.get(f"{FACTORS}/authenticate/").context["js_data"])

    assert browser.post(f"{FACTORS}/authenticate/", {"credential": passkey.use(options)})["Location"] == "/documents/"


def test_a_passkey_that_did_not_ask_for_its_owner_is_refused(zoe: Person, confirmed: Door) -> None:
    browser, passkey = confirmed(zoe), Passkey(verified=False)
    options = browser.get(f"{FACTORS}/webauthn/add/").context["js_data"]

    answer = browser.post(f"{FACTORS}/webauthn/add/", {"credential": passkey.create(as_sent(options))})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_strangers_passkey_opens_nothing(zoe: Person, alex: Person, confirmed: Door, client: Client) -> None:
    passkey = Passkey()
    add_passkey(confirmed(zoe), passkey)
    assert passkey.owner == zoe.pk.hex.encode()
    passkey.owner = alex.pk.hex.encode()

    options = client.get(f"{FACTORS}/webauthn/login/", headers={"Accept": "application/json"}).json()
    client.post(f"{FACTORS}/webauthn/login/", {"credential": passkey.use(options)})

    assert client.get("/account/").status_code == 302


def test_a_passkey_shows_once_more_who_is_there(zoe: Person, confirmed: Door) -> None:
    passkey = Passkey()
    browser = confirmed(zoe)
    add_passkey(browser, passkey)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        again = browser.get("/accounts/2fa/totp/activate/")
        assert again["Location"].startswith("/accounts/reauthenticate/")
        options = as_sent(browser.get(f"{FACTORS}/webauthn/reauthenticate/").context["js_data"])
        answer = browser.post(
            f"{FACTORS}/webauthn/reauthenticate/",
            {"credential": passkey.use(options), "next": "/accounts/2fa/totp/activate/"},
        )

        assert answer["Location"] == "/accounts/2fa/totp/activate/"
        assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def change_app(browser: Client) -> None:
    browser.post(f"{FACTORS}/totp/deactivate/")


def new_codes(browser: Client) -> None:
    browser.post(f"{FACTORS}/recovery-codes/generate/")


@pytest.mark.parametrize(
    ("change", "kind"), [(change_app, "accounts.app-removed"), (new_codes, "accounts.recovery-codes")]
)
def test_trust_22_a_changed_factor_ends_other_sessions_and_tells(
    zoe: Person, sign_in: Door, confirmed: Door, change: Any, kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    phone, laptop = sign_in(zoe), confirmed(zoe)
    with django_capture_on_commit_callbacks(execute=True):
        secret = add_app(laptop)
    assert phone.get("/account/").status_code == 302
    assert mailbox.kinds(zoe.email) == ["accounts.app-added"]

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        phone = first_step(zoe)
        phone.post(f"{FACTORS}/authenticate/", {"code": app_code(secret)})
        assert phone.get("/account/").status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            change(laptop)

    assert phone.get("/account/").status_code == 302
    assert laptop.get("/account/").status_code == 200
    assert mailbox.kinds(zoe.email)[-1] == kind


def test_trust_22_a_changed_passkey_ends_other_sessions_and_tells(zoe: Person, sign_in: Door, confirmed: Door) -> None:
    passkey, phone, laptop = Passkey(), sign_in(zoe), confirmed(zoe)

    add_passkey(laptop, passkey)

    assert phone.get("/account/").status_code == 302
    assert mailbox.kinds(zoe.email) == ["accounts.passkey-added"]
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    laptop.post(f"{FACTORS}/webauthn/keys/{key}/remove/")
    assert mailbox.kinds(zoe.email)[-1] == "accounts.passkey-removed"


def test_a_stranger_reaches_no_passkey_of_hers(zoe: Person, alex: Person, confirmed: Door) -> None:
    add_passkey(confirmed(zoe), Passkey())
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    browser = confirmed(alex)

    assert browser.get(f"{FACTORS}/webauthn/keys/{key}/edit/").status_code == 404
    assert browser.post(f"{FACTORS}/webauthn/keys/{key}/remove/").status_code == 404
    assert browser.get(f"{FACTORS}/recovery-codes/").status_code == 404


def test_a_passkey_can_be_renamed(zoe: Person, confirmed: Door) -> None:
    browser = confirmed(zoe)
    add_passkey(browser, Passkey())
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk

    browser.post(f"{FACTORS}/webauthn/keys/{key}/edit/", {"name": "Clé bleue"})

    assert "Clé bleue" in browser.get(f"{FACTORS}/webauthn/").content.decode()


def test_secrets_of_factors_lie_sealed_and_follow_a_new_key(
    zoe: Person, confirmed: Door, tmp_path: Path, settings: Settings
) -> None:
    settings.KEYS_DIR = tmp_path
    keys.create(tmp_path)
    secret = add_app(confirmed(zoe))
    stored = {factor.type: factor.data for factor in Authenticator.objects.all()}
    assert secret not in json.dumps(stored)

    keys.add_wrapping_key(tmp_path)

    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    whole = codes.data["seed"]
    codes.data["seed"] = base64.b64encode(flipped(base64.b64decode(whole), -1, 1)).decode()
    codes.save()

    assert factors.reseal() == 1  # a damaged one stops no other
    Authenticator.objects.filter(pk=codes.pk).update(data=codes.data | {"seed": whole})
    assert factors.reseal() == 1
    assert factors.reseal() == 0
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secrets.is_current(base64.b64decode(app.data["secret"]))
    assert first_step(zoe).post(f"{FACTORS}/authenticate/", {"code": app_code(secret)}).status_code == 302
