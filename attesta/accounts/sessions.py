"""Sessions, encrypted where they rest: they hold codes that were mailed and factors that are being set up."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from attesta.vault.secrets import Unreadable, seal, unseal

PURPOSE = "accounts.session"


class SessionStore(DatabaseStore):
    """Django's own store; only what stands in its ``session_data`` column differs."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return base64.b64encode(seal(super().encode(session_dict), purpose=PURPOSE, context="")).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Empty for what was not sealed here: the person signs in again."""
        try:
            return super().decode(unseal(base64.b64decode(session_data), purpose=PURPOSE, context=""))
        except (Unreadable, ValueError):
            return {}
