"""What a session holds is of no use to whoever reads the database."""

from __future__ import annotations

from django.contrib.sessions.models import Session

from attesta.accounts.sessions import SessionStore


def test_a_session_is_sealed_where_it_rests(db: None) -> None:
    session = SessionStore()
    session["account_email_verification_code"] = "K7Q2XW"
    session.create()
    [stored] = Session.objects.values_list("session_data", flat=True)
    assert "K7Q2XW" not in stored and "verification" not in stored
    assert SessionStore(session.session_key)["account_email_verification_code"] == "K7Q2XW"


def test_a_session_of_another_making_is_empty(db: None) -> None:
    assert SessionStore().decode("bm90IG91cnM=") == {}
    assert SessionStore().decode("not even base64!") == {}
