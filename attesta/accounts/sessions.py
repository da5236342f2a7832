"""Sessions as they rest: encrypted, since they hold codes that were mailed and factors that are being set up,
and under a hash of the cookie's value, so that whoever reads the database opens none.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any, ClassVar

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from attesta.vault.secrets import Unreadable, seal, unseal

PURPOSE = "accounts.session"
COOKIE = re.compile(r"[a-z0-9]{32}")
ROW = re.compile(r"[0-9a-f]{40}")


def row_key(key: str) -> str:
    """Where a session rests whose cookie says ``key``. What is such a place already stays as it is."""
    return key if ROW.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's own store: ``session_key`` is the cookie's value. Only what stands in the columns differs."""

    FORM: ClassVar = COOKIE
    key_salt = "django.contrib.sessions.SessionStore"

    def _validate_session_key(self, key: str | None) -> bool:
        """Anything else in a cookie is no session; a row's key least of all."""
        return bool(key and self.FORM.fullmatch(key))

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(session_key=row_key(self.session_key or ""), expire_date__gt=timezone.now())
        session = found.first()
        if session is None:
            self._session_key = None
        return session

    def exists(self, session_key: str) -> bool:
        return super().exists(row_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(row_key(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        return base64.b64encode(seal(super().encode(session_dict), purpose=PURPOSE, context="")).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Empty for what was not sealed here: the person signs in again."""
        try:
            return super().decode(unseal(base64.b64decode(session_data), purpose=PURPOSE, context=""))
        except (Unreadable, ValueError):
            return {}

    aload, aexists, acreate = SessionBase.aload, SessionBase.aexists, SessionBase.acreate
    asave, adelete = SessionBase.asave, SessionBase.adelete


class ListedSession(SessionStore):
    """A session by its row's key, which is all that the list of sessions knows."""

    FORM = ROW
