"""The small PKI of an installation."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID

from attesta.seals.pki import Authority, Created, FileMaterial, create

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
CEGEP = UUID("6f1d9f4e-3f65-4b52-9a35-0b7d1c9f2a11")
OTHER = UUID("0a8be1a4-8a0c-4f2e-8c61-0de4a1b1f200")


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


def basic(certificate: x509.Certificate) -> x509.BasicConstraints:
    found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert found.critical
    return found.value


def certificate_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
