"""Attesta's own authority is given up, because others may know its keys or because it is lost: a new one follows."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from attesta.credentials.models import SealingCertificate
from attesta.credentials.sealing import authority
from attesta.seals import pki
from attesta.seals.pki import Authority


def replace() -> tuple[Authority, Path | None]:
    """The new authority, and the folder where the old one lies now. Raises ImproperlyConfigured, OSError.

    First every certificate of the old one is noted as revoked, so that nothing is sealed with it in between; called
    again after an interruption, it goes on.
    """
    authority.require_key_files()
    now = timezone.now()
    SealingCertificate.objects.filter(is_local=True, revoked_at=None).update(
        revoked_at=now, retired_at=Coalesce(F("retired_at"), now)
    )
    folder, stamp = Path(settings.SEALS_DIR), f"{now:%Y%m%dT%H%M%S}"
    fresh, aside = (folder.with_name(f"{folder.name}.{name}-{stamp}") for name in ("new", "replaced"))
    pki.create(fresh, name=authority.NAME, now=now)
    moved = folder.exists()
    if moved:
        folder.rename(aside)
    fresh.rename(folder)
    return authority.opened(), aside if moved else None
