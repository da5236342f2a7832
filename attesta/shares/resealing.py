"""After a key rotation: seal tokens, PINs and waiting codes again under the current key. A damaged one stops none."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db.models import Model, QuerySet

from attesta.shares import tokens
from attesta.shares.models import MailboxCode, Share
from attesta.vault import rotation
from attesta.vault.secrets import Unreadable, is_current

log = logging.getLogger(__name__)


def register() -> None:
    rotation.register(reseal)


def reseal() -> int:
    """How many values changed. Safe beside traffic: a value that changed meanwhile is left alone."""
    return (
        _column(Share.objects.all(), "token_sealed", lambda share: tokens.seal_token(tokens.token_of(share), share.pk))
        + _column(
            Share.objects.exclude(pin_sealed=None),
            "pin_sealed",
            lambda share: tokens.seal_pin(tokens.pin_of(share) or "", share.pk),
        )
        + _column(
            MailboxCode.objects.filter(used_at=None),
            "sealed",
            lambda code: tokens.seal_code(tokens.unseal_code(bytes(code.sealed), code.pk), code.pk),
        )
    )


def _column[Row: Model](rows: QuerySet[Row], column: str, seal_again: Callable[[Row], bytes]) -> int:
    changed = 0
    for row in rows.iterator(chunk_size=500):
        before = bytes(getattr(row, column))
        if not is_current(before):
            try:
                sealed = seal_again(row)
            except Unreadable:
                log.error("Not sealed again, because it cannot be read: %s of %s %s", column, row._meta.label, row.pk)
                continue
            changed += rows.filter(pk=row.pk, **{column: before}).update(**{column: sealed})
    return changed
