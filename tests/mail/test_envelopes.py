"""Headers are the mail room's; typed words cannot add any."""

from __future__ import annotations

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from attesta.mail import envelopes
from attesta.mail.composers import Composition
from attesta.mail.models import Letter

pytestmark = pytest.mark.django_db

LETTER = Letter(to="recipient@example.org", language="fr", message_id="<1@attesta.example.org>")


def headers(composition: Composition, letter: Letter = LETTER) -> dict[str, str]:
    """All but Date and the MIME ones."""
    message = envelopes.message(letter, composition).message()
    mime = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
    return {name: str(value) for name, value in message.items() if name not in mime | {"Date"}}


def test_every_letter_carries_the_same_few_headers(settings: Settings) -> None:
    settings.MAIL_FROM = "Attesta <no-reply@attesta.example.org>"
    written = Composition(
        subject="Été",
        text="t",
        html="<p>t</p>",
        headers={"Reply-To": "r@example.org", "List-Unsubscribe": "<https://a>"},
    )
    assert headers(written) == {
        "Subject": "Été",
        "From": "Attesta <no-reply@attesta.example.org>",
        "To": "recipient@example.org",
        "Reply-To": "r@example.org",
        "Message-ID": "<1@attesta.example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
        "List-Unsubscribe": "<https://a>",
    }


def test_a_date_is_on_every_letter() -> None:
    message = envelopes.message(LETTER, Composition(subject="s", text="t", html="")).message()
    assert message["Date"] is not None


def test_typed_words_add_no_header() -> None:
    typed = "Zoé\r\nBcc: everyone@example.org\r\n\r\nBody"
    found = headers(Composition(subject=typed, text="t", html="", headers={"Reply-To": "a@example.org\r\nX-Y: z"}))
    assert set(found) == {"Subject", "From", "To", "Reply-To", "Message-ID", "Auto-Submitted", "Content-Language"}
    assert found["Subject"] == "Zoé Bcc: everyone@example.org Body"


@given(typed=st.text(), reply_to=st.text())
def test_no_words_at_all_add_a_header(typed: str, reply_to: str) -> None:
    written = Composition(subject=typed, text=typed, html="", headers={"List-Unsubscribe": reply_to})
    raw = envelopes.message(LETTER, written).message(policy=email.policy.SMTP).as_bytes()
    read = email.message_from_bytes(raw, policy=email.policy.default)
    expected = ["From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "List-Unsubscribe", "Subject"]
    mime = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
    assert sorted(name for name in read if name not in mime) == sorted(expected)


@pytest.mark.parametrize("name", ["From", "Bcc", "Message-ID", "X-Anything", "reply-to\r\nBcc"])
def test_a_composition_may_not_set_other_headers(name: str) -> None:
    with pytest.raises(ValueError, match="a composition may not set"):
        headers(Composition(subject="s", text="t", html="", headers={name: "x"}))


@pytest.mark.parametrize(
    "address",
    ["", "zoe", "zoe@", "a@b.example, c@d.example", "a@b.example\nBcc: c", "été@b.example", f"zoe@{'é' * 58}.ca"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(envelopes.AddressRefused):
        envelopes.check_address(address)


def test_a_french_domain_is_an_address() -> None:
    envelopes.check_address("zoe@université.example")
