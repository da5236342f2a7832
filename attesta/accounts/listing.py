"""allauth's list of open sessions, taught to know them by their row's key instead of the cookie's value."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

from allauth.core import context
from allauth.usersessions.models import UserSession, UserSessionManager
from django.http import HttpRequest

from attesta.accounts.models import Person
from attesta.accounts.sessions import ListedSession, row_key
from attesta.vault.secrets import fingerprint

noted_by_cookie = UserSessionManager.create_from_request


def current(request: HttpRequest) -> str:
    """The row's key of the session that ``request`` came with; empty without one."""
    return row_key(request.session.session_key) if request.session.session_key else ""


def connect() -> None:
    """``UserSession.end`` needs no lesson: the store deletes by either key."""
    UserSessionManager.create_from_request = note  # type: ignore[method-assign, assignment]
    UserSession._session_store = open_row  # type: ignore[method-assign]
    UserSession.is_current = is_current  # type: ignore[method-assign, assignment]


def of(person: Person, name: str) -> UserSession | None:
    """The open session of ``person`` that ``name`` stands for; None for anyone else's."""
    return next((each for each in UserSession.objects.filter(user=person) if name_of(each) == name), None)


def name_of(listed: UserSession) -> str:
    """Of a session, for addresses: it tells neither where the session rests nor how many there are."""
    return fingerprint(str(listed.pk), purpose="accounts.listed-session")


def note(manager: UserSessionManager, request: HttpRequest) -> None:
    if not request.session.session_key:
        request.session.save()
    same: Any = copy.copy(request)
    same.session = SimpleNamespace(session_key=current(request))
    noted_by_cookie(manager, same)


def open_row(listed: UserSession, *key: str) -> ListedSession:
    return ListedSession(*key)


def is_current(listed: UserSession) -> bool:
    return bool(listed.session_key == current(context.request))
