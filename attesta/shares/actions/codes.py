"""Mailbox codes: typed, one use, fifteen minutes; asked for by a POST, so a scanner's GET spends none."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from attesta.activity.verbs import Verb
from attesta.shares import budgets, history, letters, rules, tokens
from attesta.shares.models import MailboxCode, Share, Visit
from attesta.shares.rules import Window


def send_code(*, token: str, network: str, device: str) -> bool:
    """Mail a code to the share's own recipient, good in the browser that asked for it.

    False when too many were asked for, or nothing can be sent.
    """
    if len(device) < tokens.DEVICE_LENGTH:
        return False
    device_hash = tokens.device_hash(device)
    share = Share.objects.select_related("owner").filter(token_hash=tokens.sha256(token)).first()
    now = timezone.now()
    if share is None or not share.is_email or rules.refusal(share.facts, now):
        return False
    with transaction.atomic():
        if not all(budgets.spend(window, *about, now=now) for window, about in _charges(share, network, device_hash)):
            return False
        code_id = uuid.uuid4()
        code = MailboxCode.objects.create(
            id=code_id,
            share=share,
            device_hash=device_hash,
            sealed=tokens.seal_code(tokens.new_code(), code_id),
            created_at=now,
            expires_at=now + rules.CODE_LIFE,
        )
        letters.send_code(share, code, at=now)
        history.write(Verb.CODE_SENT, share, at=now)
    return True


def _charges(share: Share, network: str, device_hash: str) -> list[tuple[Window, tuple[object, ...]]]:
    """A browser that passed before has its own budget: strangers with the link cannot use it up."""
    own: list[tuple[Window, tuple[object, ...]]] = [
        (rules.CODES_PER_DEVICE, ("codes-device", share.token_hash, device_hash))
    ]
    if Visit.objects.filter(share=share, device_hash=device_hash).exists():
        return own
    here = (rules.CODES_PER_NETWORK, ("codes-here", share.token_hash, network))
    return [*own, here, (rules.CODES_PER_LINK, ("codes", share.token_hash))]


def forget_codes() -> int:
    """Codes are of no use a day later."""
    return MailboxCode.objects.filter(expires_at__lt=timezone.now() - timedelta(days=1)).delete()[0]
