"""Questions to a running demonstration; imported in its own processes alone, where the demo app is installed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from cryptography import x509
from django.apps import apps
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import rules as credential_rules
from attesta.credentials.models import Batch, Credential, Version
from attesta.mail import outbox
from attesta.mail.models import Letter
from attesta.shares import actions, rules, tokens
from attesta.shares.models import Item, Share
from attesta.vault.secrets import is_current
from demo.models import SentLetter, ToldStory


def facts() -> dict[str, Any]:
    """All that is read and not changed, in one process."""
    return {
        "people": people(),
        "documents": documents(),
        "batches": batches(),
        "zoe": states("zoe@example.org"),
        "alex": states("alex@example.org"),
        "guessed": history("Bourse d’excellence, comité"),
        "because": [line.facts["because"] for line in Line.objects.filter(verb="email-failed")],
        "untold": untold(),
        "undrawn": undrawn(),
        "early": sealed_too_early(),
        "lines": Line.objects.count(),
        "future": Line.objects.filter(at__gt=timezone.now()).count(),
        "slow": Letter.objects.exclude(settled_at__lt=F("created_at") + timedelta(minutes=5)).count(),
        "tokens": [tokens.token_of(share) for share in Share.objects.all()],
        "letters": {
            name: newest(kind, state)
            for name, kind, state in (
                ("invitation", "shares.invitation", "sent"),
                ("pin", "shares.pin", "sent"),
                ("failed", "shares.invitation", "dead"),
            )
        },
    }


def counts() -> dict[str, int]:
    """Rows of every table."""
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def people() -> dict[str, list[str]]:
    return {
        person.email: [person.name, person.language, *(str(member.role) for member in person.memberships.all())]
        for person in Person.objects.all()
    }


def documents() -> list[list[str]]:
    """Whose, from which institution, in which status."""
    today = timezone.localdate()
    found = []
    for it in Credential.objects.exclude(learner=None).select_related("learner", "issuer"):
        state = credential_rules.CredentialState(it.latest, bool(it.revoked_at), it.expires_on)
        found.append([str(it.learner), it.issuer.slug, credential_rules.status(state, today).value])
    return sorted(found)


def batches() -> list[list[Any]]:
    """Each with its documents and its problems."""
    rows = Batch.objects.order_by("file_name")
    return [list(row) for row in rows.values_list("file_name", "state", "row_count", "problem_count")]


def states(owner: str) -> dict[str, str]:
    """Share by share."""
    now = timezone.now()
    return {share.name: rules.state(share.facts, now).value for share in Share.objects.filter(owner__email=owner)}


def history(share: str) -> list[str]:
    lines = Line.objects.filter(share_id=Share.objects.get(name=share).pk)
    return [line.verb for line in lines.order_by("at", "id")]


def untold() -> list[str]:
    """E-mail shares whose recipient does not know of a newer version."""
    items = Item.objects.filter(sent_version__lt=F("credential__latest"), share__channel="email")
    return sorted(items.values_list("share__name", flat=True))


def undrawn() -> int:
    """Current versions that someone has, without a picture of their first page."""
    current = Version.objects.filter(number=F("credential__latest"), credential__learner__isnull=False)
    return current.exclude(pages__number=1).count()


def sealed_too_early() -> int:
    """Versions that were sealed before their certificate, or what vouches for it, was valid."""
    sealed = Version.objects.exclude(certificate=None).values_list("sealed_at", "certificate__chain")
    return sum(
        bool(at and at < above.not_valid_before_utc)
        for at, chain in sealed
        for above in x509.load_pem_x509_certificates(bytes(chain))
    )


def newest(kind: str, state: str) -> str:
    return str(Letter.objects.filter(kind=kind, state=state).latest("created_at").pk)


def forget(story: str) -> int:
    return ToldStory.objects.filter(name=story).delete()[0]


def remember(story: str) -> str:
    return ToldStory.objects.create(name=story, told_at=timezone.now()).name


def resend(share: str) -> str:
    """The letter that now waits."""
    found = Share.objects.select_related("owner").get(name=share)
    actions.resend(share=found, by=found.owner)
    return str(Letter.objects.filter(subject_id=found.pk).latest("created_at").pk)


def withdrawn() -> str:
    now, subject = timezone.now(), uuid.uuid4()
    letter = outbox.post(kind="shares.code", to="someone@example.org", language="en", subject_id=subject, at=now)
    outbox.withdraw(subject_id=subject, kinds=["shares.code"], at=now)
    return str(letter.pk)


def sealed_before_rotation() -> int:
    """Kept letters that an older key still seals."""
    return sum(not is_current(bytes(kept.sealed)) for kept in SentLetter.objects.all())
