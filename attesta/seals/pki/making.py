"""A new PKI on disk: whole or not at all."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from cryptography import x509

from attesta.seals.pki import certificates, files
from attesta.seals.pki.certificates import Issuer, Key, PrivateKey

ISSUED = "issued"


def make(folder: Path, *, name: str, now: datetime, key: Key, crl_url: str | None) -> None:
    """Raises files.Created when the folder has a PKI, also when another process was a moment faster."""
    _refuse_second(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = files.private(folder.with_name(f".{folder.name}.{token_hex(4)}"))
    try:
        _fill(fresh, name=name, now=now, kind=key, crl_url=crl_url)
        fresh.rename(folder)  # an empty folder gives way to it; one with a PKI does not
    except OSError:
        _refuse_second(folder)
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    files.sync(folder.parent)


def identity(key: PrivateKey, chain: tuple[x509.Certificate, ...]) -> bytes:
    """What stands in a ``.key`` file: the private key, then its chain, so that no reader meets a pair that differs."""
    return certificates.key_pem(key) + certificates.pem(chain)


def note(folder: Path, certificate: x509.Certificate) -> None:
    """Every certificate that was ever made stays known."""
    path = files.private(folder / ISSUED) / f"{certificate.serial_number:x}.pem"
    files.write(path, certificates.pem([certificate]))


def place(crl_url: str | None, issuer: str) -> str | None:
    """Where an issuer's list is published."""
    return f"{crl_url.rstrip('/')}/{issuer}.crl" if crl_url else None


def _refuse_second(folder: Path) -> None:
    if (folder / "root.pem").exists():
        raise files.Created(f"{folder} holds a PKI already: it is never overwritten.")


def _fill(folder: Path, *, name: str, now: datetime, kind: Key, crl_url: str | None) -> None:
    root_key, issuing_key, tsa_key = (certificates.new_key(kind) for _ in range(3))
    root = certificates.root(root_key, name=name, now=now)
    issuer = Issuer(root, root_key)
    listed_at = place(crl_url, "root")
    issuing = certificates.issuing(issuing_key, issuer=issuer, name=name, now=now, crl_url=listed_at)
    tsa = certificates.tsa(tsa_key, issuer=issuer, name=name, now=now, crl_url=listed_at)
    for stem, key, certificate in (
        ("root", root_key, root),
        ("issuing", issuing_key, issuing),
        ("tsa", tsa_key, tsa),
    ):
        files.write(folder / f"{stem}.key", identity(key, (certificate,)))
        files.write(folder / f"{stem}.pem", certificates.pem([certificate]))
        note(folder, certificate)
