"""docs/sealing.md is true: its lines are run, its names and numbers are the program's."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from attesta.seals import pdf, tokens
from attesta.seals.checking import check
from attesta.seals.evidence import Evidence
from attesta.seals.pkcs11 import Pin, TokenSigner
from attesta.seals.pki import authority, certificates, create, revocation
from attesta.seals.report import Verdict
from attesta.seals.sources import ENTRIES, Source, read
from tests.harness import softhsm
from tests.harness.pdfs import make_pdf
from tests.seals.checkers import Checkers
from tests.seals.office import Office

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "sealing.md").read_text()


def block(kind: str, *, holding: str) -> str:
    """A piece of code in the guide."""
    [found] = [code for code in re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL) if holding in code]
    return str(found)


def section(title: str) -> str:
    return GUIDE.split(f" {title}\n", 1)[1].split("\n#", 1)[0]


def test_the_example_is_read() -> None:
    assert read(block("toml", holding="[lakes]")) == {
        "lakes": Source(
            chain="/etc/attesta/lakes/chain.pem",
            token_key="lakes-2026",
            time_stamps="https://tsa.example.org/rfc3161",
            roots=("/etc/attesta/lakes/root.pem", "/etc/attesta/tsa-root.pem"),
            crls=("/var/lib/attesta/lakes.crl", "/var/lib/attesta/tsa.crl"),
        )
    }


def test_every_entry_and_setting_is_explained() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", section("Your own certificate"), re.MULTILINE)) == set(ENTRIES)
    settings = (ROOT / "attesta" / "config" / "settings.py").read_text()
    named = set(re.findall(r"ATTESTA_[A-Z0-9_]+", GUIDE))
    assert named == {name for name in named if f'"{name}"' in settings}
    assert named >= set(re.findall(r'"(ATTESTA_(?:SEALS|PKCS11)\w+)"', settings))


def test_commands_exist() -> None:
    commands = {path.stem for path in ROOT.glob("attesta/*/management/commands/*.py")}
    assert set(re.findall(r"bin/attesta ([a-z-]+)", GUIDE)) <= commands


def test_the_table_of_files_is_the_folder_s(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    made = create(tmp_path / "seals", name="Attesta", now=now)
    serial = certificates.FileMaterial.parse((made.folder / "tsa.key").read_bytes()).serial
    made.revoke(serial, now)
    table = section("Attesta's own authority")
    assert {path.name for path in made.folder.iterdir()} - {"lock"} == {
        name.rstrip("/")
        for name in re.findall(r"`([a-z]+\.(?:pem|key|crl|json)|issued/)`", table.split("Files that")[0])
    }


def test_the_times_are_the_program_s() -> None:
    years = certificates.YEAR
    lives = (certificates.ROOT_LIFE, certificates.ISSUING_LIFE, certificates.TSA_LIFE, certificates.SEALING_LIFE)
    assert [life / years for life in lives] == [30, 20, 15, 3]
    assert (authority.TSA_RENEWED_BEFORE / years, authority.RENEWED_BEFORE.days) == (5, 90)
    assert [life.days for life in revocation.LIFE.values()] == [365, 14]
    for words in ("30 years", "20 years", "15 years, replaced 5 years before", "3 years, replaced 90 days before"):
        assert words in GUIDE
    assert "1 year and 14 days; made anew at half of that" in GUIDE


def test_trust_26_the_rehearsal_ends_with_a_good_seal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checkers: Callable[[Office], Checkers]
) -> None:
    lines = block("sh", holding="softhsm2-util --init-token")
    done = subprocess.run(["sh", "-eu", "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    office = Office.new(tmp_path / "pki")  # its time-stamps tell a time after the commands
    monkeypatch.setenv(softhsm.CONF, str(tmp_path / "softhsm2.conf"))
    signer = TokenSigner(
        module=softhsm.module(),
        token_label="attesta",
        pin=Pin.read(tmp_path / "pin"),
        key_label="lakes-2026",
        chain=(tmp_path / "chain.pem").read_bytes(),
    )
    try:
        sealed = pdf.seal(
            make_pdf(),
            signer=signer,
            stamper=office.stamper,
            evidence=evidence(tmp_path, signer, office),
            **office.words,
        )
    finally:
        tokens.close()
    report = check(sealed, roots=[root(tmp_path), office.root], now=datetime.now(UTC) + timedelta(minutes=1))
    assert {finding.code: finding.verdict for finding in report.checks if finding.verdict is not Verdict.YES} == {}


def sealed_at(office: Office, at: datetime) -> bytes:
    return replace(office, stamper=office.authority.stamper(lambda: at)).seal(make_pdf())


def root(folder: Path) -> bytes:
    return x509.load_pem_x509_certificate((folder / "root.pem").read_bytes()).public_bytes(Encoding.DER)


def evidence(folder: Path, signer: TokenSigner, office: Office) -> Evidence:
    """As for an institution of its own certificate, whose time Attesta tells."""
    local = office.authority.evidence(office.now, ())
    lists = ((folder / "lakes.crl").read_bytes(), *local.crls)
    return Evidence((*signer.chain, root(folder), *local.certificates), lists)


def test_other_tools_agree(office: Office, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(office.authority.root_pem)
    (tmp_path / "document.pdf").write_bytes(office.seal(make_pdf()))
    lines = block("sh", holding="pdfsig")
    said = subprocess.run(["sh", "-eu", "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    for words in ("Signature is Valid", "Certificate is Trusted", "Total document signed"):
        assert words in said
        assert words in GUIDE


def test_a_seal_outlives_the_revocation_of_its_certificate(tmp_path: Path) -> None:
    """A later one does not."""
    office = Office.new(tmp_path / "seals")
    made, now = office.authority, office.now
    seals = [sealed_at(office, now + timedelta(hours=hours)) for hours in (1, 3)]
    made.revoke(office.material.serial, now + timedelta(hours=2), revocation.Reason.KEY_COMPROMISE)
    later = now + timedelta(hours=4)
    reports = [check(sealed, roots=[made.root], now=later, crls=made.crls(later)) for sealed in seals]
    assert [report.is_intact for report in reports] == [True, True]
    assert [report.is_trusted for report in reports] == [True, False]
