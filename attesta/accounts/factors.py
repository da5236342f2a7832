"""Second factors and passkeys: their secrets lie sealed in the database, their names are in plain words."""

from __future__ import annotations

import base64
import logging
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attesta.accounts.rules import device
from attesta.vault import secrets

log = logging.getLogger(__name__)
PURPOSE = "accounts.factor"
CONTEXT = "authenticator"
SEALED = ("secret", "seed")
"""Keys of ``Authenticator.data`` that hold what ``encrypt`` returned."""


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right. Codes change every 30 seconds: type the newest one."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes go with a passkey or an authenticator app: add one of them first."
        ),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(secrets.seal(text, purpose=PURPOSE, context=CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal(base64.b64decode(encrypted_text), purpose=PURPOSE, context=CONTEXT)

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        """The device at hand, since that is where most passkeys live."""
        return device(context.request.headers.get("User-Agent", "")) or str(_("Passkey"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Attesta"}


def reseal() -> int:
    """Bring factors' secrets under the current key; how many factors changed."""
    return sum(_reseal(pk) for pk in Authenticator.objects.values_list("pk", flat=True))


@transaction.atomic
def _reseal(pk: int) -> int:
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if factor is None:
        return 0
    old = {key: factor.data[key] for key in SEALED if key in factor.data}
    if all(secrets.is_current(base64.b64decode(value)) for value in old.values()):
        return 0
    adapter = FactorAdapter()
    try:
        factor.data |= {key: adapter.encrypt(adapter.decrypt(value)) for key, value in old.items()}
    except secrets.Unreadable:
        log.error("Not sealed again, because it cannot be read: factor %s", pk)
        return 0
    factor.save(update_fields=["data"])
    return 1
