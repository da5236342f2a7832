"""Versions in the making: bytes given, cleaned and sealed, or composed and sealed; then encrypted and on the disk."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from attesta.accounts.words import tidy
from attesta.credentials import contents, links, pdf, sealing
from attesta.credentials.composing.compose import Verification, compose
from attesta.credentials.composing.fields import Fields
from attesta.credentials.designs import design_of
from attesta.credentials.models import Credential, SealingCertificate, Source, Template, Version
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal
from attesta.credentials.twins import twin
from attesta.vault import blobs


@dataclass(frozen=True, slots=True)
class Made:
    """A version's bytes, before they are encrypted."""

    pdf: bytes
    page_count: int
    source: Source
    certificate: SealingCertificate | None = None
    renew_due_at: datetime | None = None
    removed: tuple[str, ...] = ()
    came_signed: bool | None = None


def given(version: Version, content: bytes) -> Made:
    """Byte for byte, unsealed: what an institution sealed by other means. Raises Refused."""
    facts = pdf.check(content)
    return Made(content, facts.page_count, Source.UPLOADED, came_signed=facts.signed)


def uploaded(version: Version, content: bytes) -> Made:
    """Cleaned and sealed. Raises Refused."""
    sealed = sealing.seal_upload(content, version=version)
    return Made(sealed.pdf, sealed.page_count, Source.UPLOADED, sealed.certificate, sealed.renew_due_at, sealed.removed)


def composed(version: Version, template: Template, fields: Fields, source: Source) -> Made:
    """Composed and sealed."""
    credential, design = version.credential, design_of(template)
    code = credential.code or ""
    page = compose(
        fields,
        design=design,
        verification=Verification(code=code, url=links.verification(code, version.pk)),
        issued_on=version.issued_on,
        number=credential.number,
        twin=twin(fields, version, design),
    )
    sealed = sealing.seal_composed(page, version=version)
    return Made(sealed.pdf, sealed.page_count, source, sealed.certificate, sealed.renew_due_at)


def store(version: Version, made: Made) -> None:
    """Encrypted and on the disk; the row is not yet saved."""
    version.sha256, version.size, version.page_count = digest(made.pdf), len(made.pdf), made.page_count
    version.source, version.certificate, version.removed = made.source, made.certificate, list(made.removed)
    version.sealed_at = timezone.now() if made.certificate else None
    version.renew_due_at, version.came_signed = made.renew_due_at, made.came_signed
    version.data_key = key = blobs.new_key()
    version.blob = blobs.put(made.pdf, key=key, context=contents.context(version, "pdf"))


def save(version: Version, now: datetime) -> None:
    """In the transaction that makes it known."""
    version.created_at = version.render_due_at = now
    if version.data_key:
        version.data_key.save(force_insert=True)
    version.save(force_insert=True)


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def digest_of(fields: Fields, template: Template) -> str:
    """Of what a document is composed from: the same row again is the same document."""
    facts = {"template": str(template.pk), "kind": template.kind, "fields": asdict(fields)}
    return digest(json.dumps(facts, sort_keys=True, default=str).encode())


def titles(fields: Fields, template: Template) -> tuple[str, str]:
    """In French and English: what its own row calls the document, else what the template calls all of them."""
    fr, en = (tidy(getattr(fields, name, "")) for name in ("title_fr", "title_en"))
    return fr or template.title_fr, en or template.title_en


def refuse(code: Refusal | None) -> None:
    if code:
        raise refused(code)


def refuse_revoked(credential: Credential) -> None:
    refuse(None if Credential.objects.filter(pk=credential.pk, revoked_at=None).exists() else Refusal.REVOKED)
