"""docs/verifying.md is true: its lines are run, its codes are the program's."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from attesta.credentials import sealing
from attesta.credentials.models import Credential
from attesta.seals.report import CODES
from attesta.verifier.rules import SEVERITY, Conclusion, exit_code
from tests.harness import forgeries
from tests.harness.templates import ROOT
from tests.verifier.conftest import Verifier, text

pytestmark = pytest.mark.once  # other people's tools know no database

GUIDE = (ROOT / "docs" / "verifying.md").read_text()
SHELL = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
PDFSIG, OPENSSL = SHELL
TRUSTED = [
    "  - Total document signed",
    "  - Signature Validation: Signature is Valid.",
    "  - Certificate Validation: Certificate is Trusted.",
]


@pytest.fixture
def folder(sealed: Credential, file: bytes, tmp_path: Path) -> Path:
    """Somebody's folder: the document, and the root that they fetched."""
    [der] = sealing.roots()
    (tmp_path / "root.pem").write_bytes(load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    (tmp_path / "diploma.pdf").write_bytes(file)
    return tmp_path


def run(commands: str, folder: Path) -> str:
    done = subprocess.run(["/bin/sh", "-eu", "-c", commands], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_pdfsig_says_three_things(folder: Path) -> None:
    told = run(PDFSIG, folder).splitlines()
    assert [line for line in TRUSTED if line in told] == TRUSTED
    assert "\n".join(TRUSTED) in GUIDE


def test_pdfsig_says_less_of_a_file_painted_over(folder: Path, file: bytes) -> None:
    (folder / "diploma.pdf").write_bytes(forgeries.painted_over(file))
    told = run(PDFSIG, folder).splitlines()
    assert [line for line in TRUSTED if line in told] == TRUSTED[1:]


def test_openssl_says_two_things(folder: Path) -> None:
    told = run(OPENSSL, folder)
    assert "CMS Verification successful" in told
    assert "The signature covers the file to its end." in told


def test_openssl_says_less_of_what_was_changed(folder: Path, file: bytes) -> None:
    (folder / "diploma.pdf").write_bytes(forgeries.painted_over(file))
    assert "covers the file to its end" not in run(OPENSSL, folder)
    (folder / "diploma.pdf").write_bytes(forgeries.flipped(file, 20, 1))
    assert "CMS Verification successful" not in run(OPENSSL, folder)


def test_the_page_of_roots_gives_the_same_lines(verifier: Verifier, sealed: Credential) -> None:
    blocks = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", text(verifier.get("/verify/roots/")), re.DOTALL)
    assert [unescape(block) + "\n" for block in blocks] == SHELL


def test_every_code_is_documented_as_it_is() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (good|attention|bad|unknown) \|", GUIDE, re.MULTILINE))
    assert rows == {str(found): str(SEVERITY[found]) for found in Conclusion}


@pytest.mark.parametrize("code", [0, 1, 2])
def test_exit_codes_are_documented(code: int) -> None:
    row = next(line for line in GUIDE.splitlines() if line.startswith(f"| {code} |"))
    named = {Conclusion(name) for name in re.findall(r"`([a-z-]+)`", row)}
    assert named == {found for found in Conclusion if exit_code(found) == code}


def test_every_check_is_documented() -> None:
    documented = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \|$", GUIDE, re.MULTILINE)
    assert [code for code in (*CODES, "issued", "current", "revoked", "expiry") if code not in documented] == []


def test_the_tools_are_here() -> None:
    assert [name for name in ("pdfsig", "certutil", "openssl", "perl") if shutil.which(name) is None] == []
