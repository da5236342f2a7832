"""Which certificates were taken back, and the lists (CRLs) that say so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from cryptography import x509

from attesta.seals.pki import certificates, files
from attesta.seals.pki.certificates import Issuer

ISSUERS = ("root", "issuing")
LIFE = {"root": timedelta(days=365), "issuing": timedelta(days=14)}  # a list is made anew at half its life
REVOKED = "revoked.json"


class Reason(StrEnum):
    """RFC 5280, 5.3.1."""

    UNSPECIFIED = "unspecified"
    KEY_COMPROMISE = "keyCompromise"
    AFFILIATION_CHANGED = "affiliationChanged"
    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessationOfOperation"


@dataclass(frozen=True, slots=True)
class Held:
    """A list in memory, and the state of its file when it was read."""

    der: bytes
    state: tuple[int, int, int]
    made: datetime
    until: datetime

    def is_fresh(self, now: datetime) -> bool:
        return self.made <= now < self.made + (self.until - self.made) / 2


class Lists:
    """The CRLs of one folder: read when their file changed, made anew at half their life."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[str, Held] = {}

    def current(self, issuer: str, now: datetime) -> bytes:
        """DER. Without the issuer's key on the machine an old list serves until it ends; then raises KeyAway."""
        held = self._read(issuer)
        if held is None or not held.is_fresh(now):
            held = self._renewed(issuer, now)
        return held.der

    def revoke(self, serial: int, *, issuer: str, now: datetime, reason: Reason) -> None:
        """Noted and published at once. Raises KeyAway, and then nothing is noted. A second time changes nothing."""
        with files.locked(self.folder):
            signer = self._signer(issuer)
            noted = self._noted()
            if all(entry["serial"] != f"{serial:x}" for entry in noted):
                noted.append({"serial": f"{serial:x}", "issuer": issuer, "at": now.isoformat(), "reason": str(reason)})
                files.write(self.folder / REVOKED, json.dumps(noted, indent=1).encode())
            self._make(issuer, signer, now)

    def revoked(self) -> frozenset[int]:
        """Serial numbers."""
        return frozenset(int(entry["serial"], 16) for entry in self._noted())

    def _renewed(self, issuer: str, now: datetime) -> Held:
        with files.locked(self.folder):
            held = self._read(issuer)
            if held and held.is_fresh(now):  # another process was a moment faster
                return held
            try:
                return self._make(issuer, self._signer(issuer), now)
            except files.KeyAway:
                if held and held.made <= now < held.until:
                    return held
                raise

    def _make(self, issuer: str, signer: Issuer, now: datetime) -> Held:
        path = self.folder / f"{issuer}.crl"
        number = _number(path.read_bytes()) + 1 if path.exists() else 1
        revoked = [_entry(entry) for entry in self._noted() if entry["issuer"] == issuer]
        files.write(path, certificates.crl(signer, revoked=revoked, number=number, now=now, life=LIFE[issuer]))
        held = self._read(issuer)
        assert held
        return held

    def _read(self, issuer: str) -> Held | None:
        path = self.folder / f"{issuer}.crl"
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        state = (found.st_mtime_ns, found.st_ino, found.st_size)
        held = self._held.get(issuer)
        if held is None or held.state != state:
            held = _held(path.read_bytes(), state)
            self._held[issuer] = held
        return held

    def _noted(self) -> list[dict[str, str]]:
        path = self.folder / REVOKED
        noted: list[dict[str, str]] = json.loads(path.read_bytes()) if path.exists() else []
        return noted

    def _signer(self, issuer: str) -> Issuer:
        certificate = x509.load_pem_x509_certificate(files.read(self.folder / f"{issuer}.pem"))
        return Issuer(certificate, certificates.load_key(files.read(self.folder / f"{issuer}.key")))


def _held(der: bytes, state: tuple[int, int, int]) -> Held:
    found = x509.load_der_x509_crl(der)
    assert found.next_update_utc
    return Held(der, state, made=found.last_update_utc, until=found.next_update_utc)


def _number(der: bytes) -> int:
    return x509.load_der_x509_crl(der).extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def _entry(noted: dict[str, str]) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(int(noted["serial"], 16))
        .revocation_date(datetime.fromisoformat(noted["at"]))
    )
    if noted["reason"] != Reason.UNSPECIFIED:  # RFC 5280: absent rather than "unspecified"
        builder = builder.add_extension(x509.CRLReason(x509.ReasonFlags(noted["reason"])), critical=False)
    return builder.build()
