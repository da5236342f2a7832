"""Mailbox codes: typed, one use, fifteen minutes; asked for by a POST, so a scanner's GET spends none."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from attesta.activity.verbs import Verb
from attesta.shares import budgets, history, letters, rules, tokens
from attesta.shares.models import MailboxCode, Share


def send_code(*, token: str) -> bool:
    """Mail a code to the share's own recipient. False when too many were asked for, or nothing can be sent."""
    share = Share.objects.select_related("owner").filter(token_hash=tokens.sha256(token)).first()
    now = timezone.now()
    if share is None or not share.is_email or rules.refusal(share.facts, now):
        return False
    with transaction.atomic():
        if not budgets.spend(rules.CODES_PER_LINK, "codes", share.token_hash, now=now):
            return False
        code_id = uuid.uuid4()
        code = MailboxCode.objects.create(
            id=code_id,
            share=share,
            sealed=tokens.seal_code(tokens.new_code(), code_id),
            created_at=now,
            expires_at=now + rules.CODE_LIFE,
        )
        letters.send_code(share, code, at=now)
        history.write(Verb.CODE_SENT, share, at=now)
    return True


def forget_codes() -> int:
    """Codes are of no use a day later."""
    return MailboxCode.objects.filter(expires_at__lt=timezone.now() - timedelta(days=1)).delete()[0]
