"""Opens and runs the PKI of one folder.

Files: ``root``, ``issuing`` and ``tsa``, each with ``.pem`` (certificate, public) and ``.key`` (private key, then its
chain); ``root.crl`` and ``issuing.crl``; ``revoked.json``; ``issued/<serial>.pem`` for every certificate ever made;
``sealing/<organization id>.key`` for the current key of each institution.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from attesta.seals.evidence import Evidence
from attesta.seals.pki import certificates, files, making
from attesta.seals.pki.certificates import FileMaterial, Issuer, Key
from attesta.seals.pki.revocation import ISSUERS, Lists, Reason
from attesta.seals.signers import FileSigner
from attesta.seals.timestamps import LocalStamper

RENEWED_BEFORE = timedelta(days=90)  # an institution's key is replaced that long before its certificate ends
TSA_RENEWED_BEFORE = timedelta(days=5 * 365)  # what it stamps must stay provable for years


def create(folder: Path, *, name: str, now: datetime, key: Key = "p256", crl_url: str | None = None) -> Authority:
    """A new PKI. ``crl_url``: the address under which ``root.crl`` and ``issuing.crl`` will be published.

    Raises Created when the folder has one, also when another process was a moment faster.
    """
    making.make(folder, name=name, now=now, key=key, crl_url=crl_url)
    return _listed(Authority(folder, crl_url=crl_url), now)


def open_or_create(
    folder: Path, *, name: str, now: datetime, key: Key = "p256", crl_url: str | None = None
) -> Authority:
    """For first starts: of two processes at once one creates, and both open the same."""
    with suppress(files.Created):
        return create(folder, name=name, now=now, key=key, crl_url=crl_url)
    return Authority.open(folder, crl_url=crl_url)


class Authority:
    """An open PKI. Threads may share it; several processes may use one folder."""

    def __init__(self, folder: Path, *, crl_url: str | None = None) -> None:
        self.folder = folder
        self._crl_url = crl_url
        self._root = _certificate(folder / "root.pem")
        self._issuing = _certificate(folder / "issuing.pem")
        self._lists = Lists(folder)

    @classmethod
    def open(cls, folder: Path, *, crl_url: str | None = None) -> Authority:
        """Raises Missing."""
        return cls(folder, crl_url=crl_url)

    @property
    def root(self) -> bytes:
        """DER."""
        return certificates.der(self._root)

    @property
    def root_pem(self) -> bytes:
        return certificates.pem([self._root])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the root as people compare it: ``A1:B2:…``."""
        return sha256(self.root).digest().hex(":").upper()

    def new_sealing(
        self, *, organization_id: UUID, name_fr: str, name_en: str, now: datetime, key: Key | None = None
    ) -> FileMaterial:
        """A key of its own for an institution; the private half is nowhere but in the answer."""
        private = certificates.new_key(key or self._kind())
        chain = self._certified(private.public_key(), organization_id, name_fr, name_en, now)
        return FileMaterial(certificates.key_pem(private), chain)

    def certify(self, public_key: bytes, *, organization_id: UUID, name_fr: str, name_en: str, now: datetime) -> bytes:
        """The chain (PEM) for a key that lives elsewhere, as on a token. ``public_key``: DER. Raises ValueError."""
        key = certificates.load_public_key(public_key)
        return self._certified(key, organization_id, name_fr, name_en, now)

    def sealing(
        self, *, organization_id: UUID, name_fr: str, name_en: str, now: datetime, key: Key | None = None
    ) -> FileMaterial:
        """The institution's current key, kept in the folder.

        Made at first use, when revoked, before its end, and when the institution goes by another name.
        """
        path, named = self._sealing_file(organization_id), certificates.sealing_name(name_fr, name_en)
        material = _material(path)
        if material is None or not self._serves(material, named, now):
            with files.locked(path.parent):
                material = _material(path)
                if material is None or not self._serves(material, named, now):
                    material = self.new_sealing(
                        organization_id=organization_id, name_fr=name_fr, name_en=name_en, now=now, key=key
                    )
                    files.write(path, material.key_pem + material.chain_pem)
        return material

    def rotate_sealing(
        self, *, organization_id: UUID, name_fr: str, name_en: str, now: datetime, key: Key | None = None
    ) -> FileMaterial:
        """A new key takes the place of the current one, which is destroyed. What it sealed stays valid."""
        path = self._sealing_file(organization_id)
        with files.locked(path.parent):
            material = self.new_sealing(
                organization_id=organization_id, name_fr=name_fr, name_en=name_en, now=now, key=key
            )
            files.write(path, material.key_pem + material.chain_pem)
        return material

    def rotate_tsa(self, *, now: datetime, name: str = "", key: Key | None = None) -> None:
        """A new time-stamping key, under the root and by its name. Raises KeyAway when the root's key is off-line."""
        with files.locked(self.folder):
            issuer = self._issuer("root")
            name = name or certificates.organization_name(self._root)
            private = certificates.new_key(key or self._kind())
            listed_at = making.place(self._crl_url, "root")
            certificate = certificates.tsa(private, issuer=issuer, name=name, now=now, crl_url=listed_at)
            making.note(self.folder, certificate)
            files.write(self.folder / "tsa.key", making.identity(private, (certificate,)))
            files.write(self.folder / "tsa.pem", certificates.pem([certificate]))

    def revoke(self, serial: int, now: datetime, reason: Reason = Reason.UNSPECIFIED) -> None:
        """Published at once in the list of its issuer. Raises Missing for a certificate that was never made here."""
        certificate = _certificate(self.folder / making.ISSUED / f"{serial:x}.pem")
        issuer = "root" if certificate.issuer == self._root.subject else "issuing"
        self._lists.revoke(serial, issuer=issuer, now=now, reason=reason)

    def revoked(self) -> frozenset[int]:
        """Serial numbers."""
        return self._lists.revoked()

    def issued(self, organization_id: UUID) -> tuple[bytes, ...]:
        """Every sealing certificate an institution ever had, oldest first (DER)."""
        found = [_certificate(path) for path in (self.folder / making.ISSUED).glob("*.pem")]
        own = [certificate for certificate in found if certificates.organization_of(certificate) == organization_id]
        own.sort(key=lambda certificate: certificate.not_valid_before_utc)
        return tuple(certificates.der(certificate) for certificate in own)

    def crls(self, now: datetime) -> tuple[bytes, ...]:
        """The root's and the issuing authority's current lists (DER)."""
        return tuple(self._lists.current(issuer, now) for issuer in ISSUERS)

    def published(self, now: datetime) -> dict[str, bytes]:
        """The current lists (DER) by their issuer, without one that ended while its key was away."""
        found = {}
        for issuer in ISSUERS:
            with suppress(files.KeyAway):
                found[issuer] = self._lists.current(issuer, now)
        return found

    def stamper(self, clock: Callable[[], datetime]) -> LocalStamper:
        """Its key is replaced some years before its certificate ends, as long as the root's key is there to do it."""
        own = FileMaterial.parse(files.read(self.folder / "tsa.key"))
        if clock() > own.expires_at - TSA_RENEWED_BEFORE:
            with suppress(files.KeyAway):
                self.rotate_tsa(now=clock())
            own = FileMaterial.parse(files.read(self.folder / "tsa.key"))
        return LocalStamper(FileSigner.from_pem(own.key_pem, own.chain_pem), clock=clock)

    def evidence(self, now: datetime, chain: Sequence[bytes]) -> Evidence:
        """What a reader needs in order to judge ``chain`` (DER) and our time-stamps, years from now."""
        own = (
            *chain,
            certificates.der(_certificate(self.folder / "tsa.pem")),
            certificates.der(self._issuing),
            self.root,
        )
        return Evidence(certificates=tuple(dict.fromkeys(own)), crls=self.crls(now))

    def _certified(
        self, key: certificates.PublicKey, organization_id: UUID, name_fr: str, name_en: str, now: datetime
    ) -> bytes:
        certificate = certificates.sealing(
            key,
            issuer=self._issuer("issuing"),
            organization_id=organization_id,
            name_fr=name_fr,
            name_en=name_en,
            now=now,
            crl_url=making.place(self._crl_url, "issuing"),
        )
        making.note(self.folder, certificate)
        return certificates.pem((certificate, self._issuing))

    def _serves(self, material: FileMaterial, named: x509.Name, now: datetime) -> bool:
        if material.certificate.subject != named:
            return False
        return now < material.expires_at - RENEWED_BEFORE and material.serial not in self.revoked()

    def _sealing_file(self, organization_id: UUID) -> Path:
        return files.private(self.folder / "sealing") / f"{organization_id}.key"

    def _issuer(self, stem: str) -> Issuer:
        certificate = self._root if stem == "root" else self._issuing
        return Issuer(certificate, certificates.load_key(files.read(self.folder / f"{stem}.key")))

    def _kind(self) -> Key:
        return "p256" if isinstance(self._root.public_key(), ec.EllipticCurvePublicKey) else "rsa3072"


def _listed(authority: Authority, now: datetime) -> Authority:
    """With its first lists on disk: readers never wait for them."""
    authority.crls(now)
    return authority


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(files.read(path))


def _material(path: Path) -> FileMaterial | None:
    try:
        return FileMaterial.parse(path.read_bytes())
    except FileNotFoundError:
        return None
