"""The small PKI of an installation."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from attesta.seals.evidence import Evidence
from attesta.seals.pki import Authority, Created, FileMaterial, Key, KeyAway, Missing, Reason, create

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
CEGEP = UUID("6f1d9f4e-3f65-4b52-9a35-0b7d1c9f2a11")
OTHER = UUID("0a8be1a4-8a0c-4f2e-8c61-0de4a1b1f200")
PEM = serialization.Encoding.PEM


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return create(tmp_path / "seals", name="Attesta", now=NOW)


def sealing(authority: Authority, organization_id: UUID = CEGEP) -> FileMaterial:
    return authority.new_sealing(
        organization_id=organization_id, name_fr="Cégep des Lacs", name_en="Lakes College", now=NOW
    )


def certificate(folder: Path, stem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / f"{stem}.pem").read_bytes())


def test_creates_a_root_an_issuing_authority_and_a_time_stamping_authority(authority: Authority) -> None:
    root, issuing, tsa = (certificate(authority.folder, stem) for stem in ("root", "issuing", "tsa"))
    root.verify_directly_issued_by(root)
    issuing.verify_directly_issued_by(root)
    tsa.verify_directly_issued_by(root)
    assert root.not_valid_after_utc - NOW == timedelta(days=30 * 365)
    assert basic(root) == x509.BasicConstraints(ca=True, path_length=1)
    assert basic(issuing) == x509.BasicConstraints(ca=True, path_length=0)
    assert basic(tsa) == x509.BasicConstraints(ca=False, path_length=None)
    purpose = tsa.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert (list(purpose.value), purpose.critical) == ([ExtendedKeyUsageOID.TIME_STAMPING], True)
    assert certificate_der(root) == authority.root


def test_files_are_its_owner_s_alone_and_have_the_same_names_everywhere(authority: Authority) -> None:
    sealing(authority)
    top = sorted(path.name for path in authority.folder.iterdir() if path.is_file())
    assert top == [
        *("issuing.crl", "issuing.key", "issuing.pem", "lock"),
        *("root.crl", "root.key", "root.pem", "tsa.key", "tsa.pem"),
    ]
    for path in authority.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE(authority.folder.stat().st_mode) == 0o700


def test_an_existing_pki_is_never_overwritten(authority: Authority) -> None:
    with pytest.raises(Created, match="never overwritten"):
        create(authority.folder, name="Attesta", now=NOW)
    assert Authority.open(authority.folder).root == authority.root
    assert [path.name for path in authority.folder.parent.iterdir()] == ["seals"]


def test_of_many_first_starts_at_once_one_creates_and_all_open_the_same(tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import datetime; from pathlib import Path; from attesta.seals import pki;"
        "now = datetime.fromisoformat(sys.argv[2]);"
        "print(pki.open_or_create(Path(sys.argv[1]), name='Attesta', now=now).fingerprint)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "keys" / "seals"), NOW.isoformat()], stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    seen = {process.communicate()[0] for process in started}
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert len(seen) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["seals"]


def test_a_sealing_certificate_names_the_institution(authority: Authority) -> None:
    material = sealing(authority)
    chain = x509.load_pem_x509_certificates(material.chain_pem)
    assert [found.subject for found in chain[1:]] == [certificate(authority.folder, "issuing").subject]
    own = chain[0]
    own.verify_directly_issued_by(chain[1])
    assert serialization.load_pem_private_key(material.key_pem, None).public_key() == own.public_key()
    assert name(own, NameOID.ORGANIZATION_NAME) == "Cégep des Lacs"
    assert name(own, NameOID.COMMON_NAME) == "Lakes College"
    alternative = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert list(alternative) == [x509.UniformResourceIdentifier(f"urn:uuid:{CEGEP}")]
    usage = own.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert (usage.value.digital_signature, usage.value.content_commitment) == (True, True)
    assert not usage.value.key_cert_sign
    assert basic(own) == x509.BasicConstraints(ca=False, path_length=None)
    assert own.not_valid_before_utc < NOW < own.not_valid_after_utc == material.expires_at


def test_keys_are_p256_unless_rsa_is_asked_for(tmp_path: Path, authority: Authority) -> None:
    assert isinstance(sealing(authority).certificate.public_key(), ec.EllipticCurvePublicKey)
    other = create(tmp_path / "rsa", name="Attesta", now=NOW, key="rsa3072")
    key = sealing(other).certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 3072


def test_a_private_key_stands_in_no_repr(authority: Authority) -> None:
    assert "PRIVATE" not in repr(sealing(authority))


def test_long_names_are_shortened_to_what_certificates_hold(tmp_path: Path) -> None:
    authority = create(tmp_path / "seals", name="Réseau des établissements " * 4, now=NOW)
    long = "Établissement d’enseignement supérieur de la région des Lacs et des Montagnes"
    material = authority.new_sealing(organization_id=CEGEP, name_fr=long, name_en=long, now=NOW)
    shortened = name(material.certificate, NameOID.ORGANIZATION_NAME)
    assert shortened == "Établissement d’enseignement supérieur de la région des…"
    assert name(certificate(authority.folder, "tsa"), NameOID.COMMON_NAME).endswith("… Time-stamping 2026")


def test_the_kept_key_of_an_institution_is_made_once(authority: Authority) -> None:
    def ask(organization_id: UUID) -> FileMaterial:
        return authority.sealing(organization_id=organization_id, name_fr="Cégep", name_en="College", now=NOW)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, [CEGEP] * 16))
    assert found == {ask(CEGEP)}
    assert ask(OTHER) != ask(CEGEP)
    assert len(authority.issued(CEGEP)) == 1


def test_the_kept_key_is_replaced_before_its_end_when_revoked_and_when_asked(authority: Authority) -> None:
    def ask(now: datetime) -> FileMaterial:
        return authority.sealing(organization_id=CEGEP, name_fr="Cégep", name_en="College", now=now)

    first = ask(NOW)
    assert ask(first.expires_at - timedelta(days=91)) == first
    late = first.expires_at - timedelta(days=89)
    second = ask(late)
    assert second != first
    authority.revoke(second.serial, late, Reason.KEY_COMPROMISE)
    third = ask(late + timedelta(seconds=1))
    assert third.serial not in (first.serial, second.serial)
    fourth = authority.rotate_sealing(organization_id=CEGEP, name_fr="Cégep", name_en="College", now=late)
    assert ask(late) == fourth
    made = [x509.load_der_x509_certificate(der).serial_number for der in authority.issued(CEGEP)]
    assert made[0] == first.serial
    assert set(made) == {first.serial, second.serial, third.serial, fourth.serial}
    assert fourth.expires_at - late == timedelta(days=3 * 365)


def test_the_kept_key_is_replaced_when_its_institution_is_renamed(authority: Authority) -> None:
    def ask(name_fr: str, name_en: str = "College") -> FileMaterial:
        return authority.sealing(organization_id=CEGEP, name_fr=name_fr, name_en=name_en, now=NOW)

    first, long = ask("Cégep"), "Établissement d’enseignement supérieur de la région des Grandes-Marées"
    renamed = ask(long)
    assert (ask(long), ask(long, "River College") == renamed) == (renamed, False)
    assert renamed.serial != first.serial
    assert name(renamed.certificate, NameOID.ORGANIZATION_NAME).startswith("Établissement d’enseignement")
    assert not authority.revoked()


def test_lists_are_what_validators_expect(authority: Authority) -> None:
    for der, issuer, days in zip(authority.crls(NOW), ("root", "issuing"), (365, 14), strict=True):
        found = x509.load_der_x509_crl(der)
        signed_by = certificate(authority.folder, issuer)
        assert found.is_signature_valid(signed_by.public_key())  # type: ignore[arg-type]
        identifier = found.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
        subject = signed_by.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        assert identifier.key_identifier == subject.key_identifier
        assert number(der) == 1
        assert found.next_update_utc
        assert found.next_update_utc - found.last_update_utc == timedelta(days=days)
        assert found.last_update_utc < NOW


def test_lists_are_made_anew_at_half_their_life(authority: Authority) -> None:
    first = authority.crls(NOW)
    assert authority.crls(NOW + timedelta(days=6)) == first
    later = authority.crls(NOW + timedelta(days=8))
    assert [number(der) for der in later] == [1, 2]
    assert Authority.open(authority.folder).crls(NOW + timedelta(days=8)) == later
    assert [number(der) for der in authority.crls(NOW + timedelta(days=200))] == [2, 3]


def test_a_list_from_the_future_is_not_used(authority: Authority) -> None:
    authority.crls(NOW + timedelta(days=300))
    assert [number(der) for der in authority.crls(NOW)] == [3, 3]


def test_a_revoked_certificate_is_listed_at_once_with_its_reason(authority: Authority) -> None:
    material, other = sealing(authority), sealing(authority, OTHER)
    beside = Authority.open(authority.folder)
    beside.crls(NOW)
    at = NOW + timedelta(hours=1)
    authority.revoke(material.serial, at, Reason.KEY_COMPROMISE)
    authority.revoke(material.serial, at + timedelta(days=1), Reason.SUPERSEDED)  # a second time changes nothing
    issuing = x509.load_der_x509_crl(beside.crls(at)[1])
    entry = issuing.get_revoked_certificate_by_serial_number(material.serial)
    assert entry
    assert entry.revocation_date_utc == at
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is x509.ReasonFlags.key_compromise
    assert issuing.get_revoked_certificate_by_serial_number(other.serial) is None
    assert authority.revoked() == {material.serial}


def test_the_time_stamping_certificate_is_revoked_in_the_root_s_list(authority: Authority) -> None:
    serial = certificate(authority.folder, "tsa").serial_number
    authority.revoke(serial, NOW)
    root, issuing = (x509.load_der_x509_crl(der) for der in authority.crls(NOW))
    entry = root.get_revoked_certificate_by_serial_number(serial)
    assert entry
    assert not list(entry.extensions)
    assert issuing.get_revoked_certificate_by_serial_number(serial) is None


def test_what_was_never_made_here_cannot_be_revoked(authority: Authority) -> None:
    with pytest.raises(Missing):
        authority.revoke(12345, NOW)


def test_revocations_at_once_are_all_kept(authority: Authority) -> None:
    serials = [sealing(authority).serial for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda serial: Authority.open(authority.folder).revoke(serial, NOW), serials))
    found = x509.load_der_x509_crl(authority.crls(NOW)[1])
    assert {entry.serial_number for entry in found} == set(serials) == authority.revoked()


def test_the_root_key_may_be_kept_off_line(authority: Authority, tmp_path: Path) -> None:
    (authority.folder / "root.key").rename(tmp_path / "root.key")
    opened = Authority.open(authority.folder)
    sealing(opened)
    late = NOW + timedelta(days=360)
    assert [number(der) for der in opened.crls(late)] == [1, 2]  # the root's list serves to its end
    with pytest.raises(KeyAway, match="put it back"):
        opened.crls(NOW + timedelta(days=366))
    with pytest.raises(KeyAway):
        opened.rotate_tsa(now=NOW)
    (tmp_path / "root.key").rename(authority.folder / "root.key")
    assert number(opened.crls(NOW + timedelta(days=366))[0]) == 2


def test_a_new_time_stamping_key_leaves_the_old_stamper_at_work(authority: Authority) -> None:
    old = authority.stamper(lambda: NOW)
    authority.rotate_tsa(now=NOW + timedelta(days=1))
    new = authority.stamper(lambda: NOW)
    assert old.chain != new.chain
    assert new.chain == (certificate_der(certificate(authority.folder, "tsa")),)
    assert old.stamp(bytes(32))


def test_the_time_stamping_key_is_replaced_years_before_its_end(authority: Authority, tmp_path: Path) -> None:
    def chain(years: float) -> tuple[bytes, ...]:
        return authority.stamper(lambda: NOW + timedelta(days=round(365 * years))).chain

    first = chain(0)
    assert chain(9.9) == first
    (authority.folder / "root.key").rename(tmp_path / "root.key")
    assert chain(10.1) == first  # it serves on while nobody can replace it
    (tmp_path / "root.key").rename(authority.folder / "root.key")
    second = chain(10.1)
    assert second != first
    assert chain(20) == second == chain(0)
    x509.load_der_x509_certificate(second[0]).verify_directly_issued_by(certificate(authority.folder, "root"))


def test_a_lost_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="restore the folder"):
        Authority.open(tmp_path / "nothing")


def test_certificates_say_where_their_list_is_published(tmp_path: Path) -> None:
    authority = create(tmp_path / "seals", name="Attesta", now=NOW, crl_url="https://attesta.example/crl/")
    assert points(sealing(authority).certificate) == ["https://attesta.example/crl/issuing.crl"]
    assert points(certificate(authority.folder, "tsa")) == ["https://attesta.example/crl/root.crl"]
    assert points(certificate(authority.folder, "issuing")) == ["https://attesta.example/crl/root.crl"]


def test_evidence_holds_every_chain_and_list_once(authority: Authority) -> None:
    chain = ders(sealing(authority).chain_pem)
    tsa, issuing = (certificate_der(certificate(authority.folder, stem)) for stem in ("tsa", "issuing"))
    assert chain[1] == issuing
    assert authority.evidence(NOW, chain) == Evidence(
        certificates=(chain[0], issuing, tsa, authority.root), crls=authority.crls(NOW)
    )


def test_the_fingerprint_is_openssl_s(authority: Authority) -> None:
    said = openssl("x509", "-in", str(authority.folder / "root.pem"), "-noout", "-fingerprint", "-sha256")
    assert said.strip() == f"sha256 Fingerprint={authority.fingerprint}"


@pytest.mark.parametrize("key", ["p256", "rsa3072"])
def test_openssl_accepts_the_chain_and_notices_revocation(tmp_path: Path, key: Key) -> None:
    now = datetime.now(UTC)
    authority = create(tmp_path / "seals", name="Attesta", now=now, key=key)
    material = authority.new_sealing(organization_id=CEGEP, name_fr="Cégep", name_en="College", now=now)
    (tmp_path / "seal.pem").write_bytes(material.chain_pem)
    assert verified(authority, now, tmp_path, "seal.pem") == "OK"
    authority.revoke(material.serial, now, Reason.KEY_COMPROMISE)
    assert verified(authority, now, tmp_path, "seal.pem") == "certificate revoked"
    assert verified(authority, now, tmp_path, "seals/tsa.pem", "-purpose", "timestampsign") == "OK"


def verified(authority: Authority, now: datetime, folder: Path, file: str, *more: str) -> str:
    """What openssl says of a certificate, with full revocation checks and its strictest reading."""
    lists = b"".join(x509.load_der_x509_crl(der).public_bytes(PEM) for der in authority.crls(now))
    (folder / "lists.pem").write_bytes(lists)
    path = ("-untrusted", str(authority.folder / "issuing.pem"), "-CAfile", str(authority.folder / "root.pem"))
    checks = ("-x509_strict", "-crl_check_all", "-CRLfile", str(folder / "lists.pem"))
    said = openssl("verify", *checks, *path, *more, str(folder / file))
    return next(line.rpartition(": ")[2] for line in said.splitlines() if line.startswith((str(folder), "error")))


def openssl(*arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def name(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    return str(certificate.subject.get_attributes_for_oid(oid)[0].value)


def points(certificate: x509.Certificate) -> list[str]:
    found = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    return [str(place.value) for point in found for place in point.full_name or ()]


def number(crl: bytes) -> int:
    return x509.load_der_x509_crl(crl).extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def ders(pem: bytes) -> tuple[bytes, ...]:
    return tuple(certificate_der(found) for found in x509.load_pem_x509_certificates(pem))


def basic(certificate: x509.Certificate) -> x509.BasicConstraints:
    found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert found.critical
    return found.value


def certificate_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
