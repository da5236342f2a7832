"""The register's side of sealing certificates: which one is an institution's current one, which were before."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from attesta.credentials.models import SealingCertificate
from attesta.credentials.sealing import authority
from attesta.organizations.models import Organization
from attesta.seals.pki import KeyAway, Reason
from attesta.seals.sources import Source

log = logging.getLogger(__name__)


def current(issuer: Organization) -> SealingCertificate:
    """What seals its documents now. The local authority makes one at first use, and anew before it ends."""
    own = authority.source(issuer.slug)
    if own:
        return _known(issuer, Path(own.chain).read_bytes(), is_local=False)
    material = authority.local().sealing(
        organization_id=issuer.pk, name_fr=issuer.name_fr, name_en=issuer.name_en, now=timezone.now()
    )
    return _known(issuer, material.chain_pem, is_local=True)


def rotate(*, issuer: Organization) -> SealingCertificate:
    """A new key; what the old one sealed stays valid. Raises ValueError for a key that is not ours to rotate."""
    if authority.source(issuer.slug):
        raise ValueError("This institution brings its own key: name the new one in ATTESTA_SEALS_FILE.")
    material = authority.local().rotate_sealing(
        organization_id=issuer.pk, name_fr=issuer.name_fr, name_en=issuer.name_en, now=timezone.now()
    )
    return _known(issuer, material.chain_pem, is_local=True)


@transaction.atomic
def revoke(*, certificate: SealingCertificate) -> None:
    """Others may know its key: seals with a later time-stamp are none. The next seal is made with a new key."""
    now = timezone.now()
    SealingCertificate.objects.filter(pk=certificate.pk, revoked_at=None).update(
        revoked_at=now, retired_at=certificate.retired_at or now
    )
    if certificate.is_local:
        serial = x509.load_pem_x509_certificate(bytes(certificate.chain)).serial_number
        authority.local().revoke(serial, now, Reason.KEY_COMPROMISE)


def roots() -> tuple[bytes, ...]:
    """DER of every root that a seal may lead to: our own authority's and those that institutions bring.

    What an institution brings and cannot be read is left out, and logged: a seal that leads there is not trusted
    meanwhile. Raises Unreadable for our own.
    """
    kept = authority.kept()
    local = (kept.root,) if kept else ()
    others = [root for slug, source in _sources().items() for root in _roots(slug, source)]
    return tuple(dict.fromkeys((*local, *others)))


def crls() -> tuple[bytes, ...]:
    """DER of the current lists of revoked certificates: our own authority's, and those that institutions bring.

    Raises Unreadable.
    """
    brought = [path for source in _sources().values() for path in map(Path, source.crls)]
    try:
        with authority.readable():
            kept = authority.kept()
            local = kept.crls(timezone.now()) if kept else ()
    except KeyAway:  # what stands inside each document has to do
        local = ()
    return (*local, *(path.read_bytes() for path in brought if path.is_file()))


def published_lists() -> dict[str, bytes]:
    """DER of our own authority's current lists, ``root`` and ``issuing``. Institutions' authorities publish theirs.

    Raises Unreadable.
    """
    with authority.readable():
        kept = authority.kept()
        return kept.published(timezone.now()) if kept else {}


def ensure_readable() -> None:
    """Raises Unreadable when our own authority is damaged or gone."""
    authority.kept()


def _sources() -> Mapping[str, Source]:
    try:
        return authority.own()
    except ImproperlyConfigured as trouble:
        log.error("The roots and lists that institutions bring are left out: %s", trouble)
        return {}


def _roots(slug: str, source: Source) -> list[bytes]:
    try:
        brought = [Path(path).read_bytes() for path in source.roots]
        return [der(certificate) for pem in brought for certificate in x509.load_pem_x509_certificates(pem)]
    except (OSError, ValueError) as trouble:
        log.error("The roots of %s cannot be read and are left out: %s", slug, trouble)
        return []


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _known(issuer: Organization, chain_pem: bytes, *, is_local: bool) -> SealingCertificate:
    """Its row, made at first sight; the one before retires."""
    fingerprint = sha256(der(x509.load_pem_x509_certificate(chain_pem))).hexdigest()
    known = SealingCertificate.objects.filter(fingerprint=fingerprint).first()
    return known or _added(issuer, chain_pem, fingerprint, is_local=is_local, at=timezone.now())


@transaction.atomic
def _added(
    issuer: Organization, chain_pem: bytes, fingerprint: str, *, is_local: bool, at: datetime
) -> SealingCertificate:
    new, made = SealingCertificate.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={"organization": issuer, "chain": chain_pem, "is_local": is_local, "created_at": at},
    )
    if made:
        older = SealingCertificate.objects.filter(organization=issuer, retired_at=None).exclude(pk=new.pk)
        older.update(retired_at=at)
    return new
