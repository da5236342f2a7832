"""Documents leave sealed: PAdES B-LT over the whole file, with the address where anyone learns how it stands now."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from attesta.credentials import links, pdf
from attesta.credentials.confinement import Failed
from attesta.credentials.models import SealingCertificate, Version
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal
from attesta.credentials.sealing.means import Means, means_of
from attesta.seals import pdf as seals
from attesta.seals.holes import Prepared

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sealed:
    """``removed``: codes of active content that was taken out first (``seals.cleaning``)."""

    pdf: bytes
    page_count: int
    certificate: SealingCertificate
    renew_due_at: datetime
    removed: tuple[str, ...] = ()


def seal_upload(content: bytes, *, version: Version) -> Sealed:
    """Someone else's PDF: read, cleaned and prepared in the confined program. Raises Refused."""
    if code := pdf.shape_refusal(content):
        raise refused(code)
    with _reachable():
        tools = means_of(version.credential.issuer)
        prepared, facts = _prepared(content, tools, _words(version, tools))
        whole = seals.fill(prepared, signer=tools.signer, stamper=tools.stamper)
    return Sealed(whole, facts["pages"], tools.certificate, tools.first_renewal_at, tuple(facts["removed"]))


def seal_composed(content: bytes, *, version: Version) -> Sealed:
    """A PDF of our own making: it needs no confinement. Raises Refused."""
    with _reachable():
        tools = means_of(version.credential.issuer)
        said = _words(version, tools)
        whole = seals.seal(content, signer=tools.signer, stamper=tools.stamper, evidence=tools.evidence, **said)
    return Sealed(whole, page_count(whole), tools.certificate, tools.first_renewal_at)


@contextmanager
def _reachable() -> Iterator[None]:
    """Whatever keeps a key or a time-stamp away is the operator's to mend; the registrar learns that it is."""
    try:
        yield
    except (ImproperlyConfigured, OSError) as trouble:
        log.error("A document could not be sealed: %s", trouble)
        raise refused(Refusal.CANNOT_SEAL) from None


def page_count(content: bytes) -> int:
    import pypdfium2  # noqa: PLC0415 - see ADR 30

    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def _words(version: Version, tools: Means) -> dict[str, Any]:
    """What the seal says of itself, in both languages: its readers are anyone."""
    credential = version.credential
    issuer = credential.issuer
    return {
        "label": f"Sceau numérique : {issuer.name_fr} / Digital seal: {issuer.name_en}",
        "reason": f"{credential.title_fr} / {credential.title_en}",
        "location": links.verification(credential.code or "", version.pk),
        "name": issuer.name_fr if issuer.name_fr == issuer.name_en else f"{issuer.name_fr} / {issuer.name_en}",
        "at": timezone.now(),
    }


def _prepared(content: bytes, tools: Means, said: dict[str, Any]) -> tuple[Prepared, dict[str, Any]]:
    try:
        found = pdf.program.ask("seal", content, **_encoded(said, tools))
    except Failed:
        raise refused(Refusal.UNREADABLE) from None
    head, _, rest = found.partition(b"\n")
    facts = json.loads(head)
    if "refusal" in facts:
        raise refused(Refusal(facts["refusal"]))
    return Prepared.parse(rest, tuple(facts["contents"]), tuple(facts["byte_range"])), facts


def renewed(content: bytes, tools: Means) -> bytes:
    """A sealed PDF, prepared in the confined program too. Raises ValueError, and what the stamper raises."""
    found = pdf.program.ask("renew", content, hole=tools.stamper.longest, **_evidence(tools))
    head, _, rest = found.partition(b"\n")
    facts = json.loads(head)
    prepared = Prepared.parse(rest, tuple(facts["contents"]), tuple(facts["byte_range"]))
    return seals.fill_with(prepared, tools.stamper.stamp)


def _encoded(said: dict[str, Any], tools: Means) -> dict[str, Any]:
    """As JSON has it."""
    hole = seals.hole_size(tools.signer, tools.stamper)
    return {**said, "at": said["at"].isoformat(), "hole": hole, **_evidence(tools)}


def _evidence(tools: Means) -> dict[str, list[str]]:
    kinds = {
        "certificates": tools.evidence.certificates,
        "crls": tools.evidence.crls,
        "ocsps": tools.evidence.ocsps,
    }
    return {kind: [base64.b64encode(value).decode() for value in values] for kind, values in kinds.items()}
