"""What it takes to seal for an institution, kept ready in each process: keys are read once, not for every document."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from attesta.credentials.models import SealingCertificate
from attesta.credentials.sealing import authority, certificates
from attesta.organizations.models import Organization
from attesta.seals.evidence import Evidence
from attesta.seals.signers import FileSigner, Signer
from attesta.seals.sources import Source
from attesta.seals.timestamps import RemoteStamper, Stamper

FRESH = timedelta(minutes=5)
BEFORE_CERTIFICATE = timedelta(days=180)
BEFORE_TIME = timedelta(days=365)
UNKNOWN_LIFE = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class Means:
    certificate: SealingCertificate
    signer: Signer
    stamper: Stamper
    evidence: Evidence

    @property
    def first_renewal_at(self) -> datetime:
        """Before the sealing certificate ends: until then its lists of revoked ones can be kept with the document."""
        return min(end_of(self.signer.chain) - BEFORE_CERTIFICATE, self.next_renewal_at)

    @property
    def next_renewal_at(self) -> datetime:
        """Before the certificate that vouches for the time ends."""
        return end_of(self.stamper.chain) - BEFORE_TIME


def end_of(chain: tuple[bytes, ...]) -> datetime:
    """Of its first certificate (DER); when that is unknown, soon enough."""
    return x509.load_der_x509_certificate(chain[0]).not_valid_after_utc if chain else timezone.now() + UNKNOWN_LIFE


_lock = threading.Lock()
_kept: dict[UUID, tuple[tuple[object, ...], Means]] = {}


def means_of(issuer: Organization) -> Means:
    """Raises ImproperlyConfigured, or what the key's place raises when it cannot be reached.

    One look-up each time: a certificate that was revoked seals nothing more, in no process.
    """
    mark = _mark(issuer)
    with _lock:
        kept = _kept.get(issuer.pk)
        if kept and kept[0] == mark and not _is_revoked(kept[1].certificate):
            return kept[1]
        made = _made(issuer)
        if _mark(issuer) == mark:  # else a first use made a key, or somebody changed one: the next time tells
            _kept[issuer.pk] = (mark, made)
        return made


def _is_revoked(certificate: SealingCertificate) -> bool:
    return SealingCertificate.objects.filter(pk=certificate.pk, revoked_at__isnull=False).exists()


def _mark(issuer: Organization) -> tuple[object, ...]:
    """Differs once key, names, authority, lists of revoked certificates or settings may have changed."""
    key = Path(settings.SEALS_DIR) / "sealing" / f"{issuer.pk}.key"
    changed = key.stat().st_mtime_ns if key.exists() else 0
    period = int(timezone.now().timestamp() // FRESH.total_seconds())
    names = issuer.name_fr, issuer.name_en
    return str(settings.SEALS_DIR), authority.state(), changed, period, authority.source(issuer.slug), names


def _made(issuer: Organization) -> Means:
    try:
        return _gathered(issuer)
    except (ValueError, UnsupportedAlgorithm) as trouble:
        raise ImproperlyConfigured(f"A key or certificate of {issuer.slug} cannot be used: {trouble}") from None


def _gathered(issuer: Organization) -> Means:
    """The register learns of a certificate, and retires the one before, once its key was read and fits."""
    own = authority.source(issuer.slug)
    signer = _own_signer(own) if own else _local_signer(issuer)
    certificate = certificates.current(issuer)
    if certificate.revoked_at:
        raise ImproperlyConfigured(f"The certificate of {issuer.slug} is revoked: name its new key (docs/sealing.md).")
    stamper = RemoteStamper(own.time_stamps) if own and own.time_stamps else authority.local().stamper(timezone.now)
    return Means(certificate, signer, stamper, _evidence(own, signer))


def _local_signer(issuer: Organization) -> Signer:
    material = authority.local().sealing(
        organization_id=issuer.pk, name_fr=issuer.name_fr, name_en=issuer.name_en, now=timezone.now()
    )
    return FileSigner.from_pem(material.key_pem, material.chain_pem)


def _own_signer(own: Source) -> Signer:
    chain = Path(own.chain).read_bytes()
    if own.token_key:
        from attesta.seals.pkcs11 import TokenSigner  # noqa: PLC0415 - see ADR 30
        from attesta.seals.tokens import Pin  # noqa: PLC0415 - see ADR 30

        pin = Pin.read(Path(settings.PKCS11_PIN_FILE))
        return TokenSigner(
            module=settings.PKCS11_MODULE,
            token_label=settings.PKCS11_TOKEN,
            pin=pin.value,
            key_label=own.token_key,
            chain=chain,
        )
    if not settings.KEY_FILES_ALLOWED:
        raise ImproperlyConfigured(f"{own.key} is a plain key file: set ATTESTA_ALLOW_KEY_FILES=yes to accept that.")
    return FileSigner.from_pem(Path(own.key).read_bytes(), chain)


def _evidence(own: Source | None, signer: Signer) -> Evidence:
    """Everything a reader needs, years from now, to judge the certificate and the time-stamp."""
    if own is None:
        return authority.local().evidence(timezone.now(), signer.chain)
    above = [each for path in own.roots for each in x509.load_pem_x509_certificates(Path(path).read_bytes())]
    lists = [Path(path).read_bytes() for path in own.crls]
    local = authority.local().evidence(timezone.now(), ()) if not own.time_stamps else Evidence((), ())
    return Evidence((*signer.chain, *map(certificates.der, above), *local.certificates), (*lists, *local.crls))
