"""An institution brings a certificate of an authority that is not Attesta's: its files, and the settings with them."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone
from pytest_django import Settings

from attesta.organizations.models import Organization
from attesta.seals import pki
from attesta.seals.pki import FileMaterial


def bring(
    folder: Path, institution: Organization, settings: Settings, *, token_key: str = "", lists: bool = True
) -> tuple[pki.Authority, FileMaterial]:
    """The key is a file, or ``token_key`` in a security module. Without ``lists`` nobody tells what was revoked."""
    now = timezone.now()
    authority = pki.create(folder / "authority", name="Autorité du Fleuve", now=now)
    material = authority.new_sealing(
        organization_id=institution.pk, name_fr=institution.name_fr, name_en=institution.name_en, now=now
    )
    crls = {f"{number}.crl": content for number, content in enumerate(authority.crls(now) if lists else ())}
    files = {"chain.pem": material.chain_pem, "root.pem": authority.root_pem, **crls}
    files |= {} if token_key else {"key.pem": material.key_pem}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    key = f'token_key = "{token_key}"' if token_key else f'key = "{folder}/key.pem"'
    told = f"crls = {[str(folder / name) for name in crls]}\n" if crls else ""
    (folder / "seals.toml").write_text(
        f'[{institution.slug}]\nchain = "{folder}/chain.pem"\n{key}\nroots = ["{folder}/root.pem"]\n{told}'
    )
    settings.SEALS_FILE = str(folder / "seals.toml")
    return authority, material
