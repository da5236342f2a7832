"""``bin/attesta verify``: the same answer for people and for programs."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.verifier import verification
from tests.harness.forgeries import flipped
from tests.harness.pdfs import PdfMaker
from tests.harness.server import RunningServer
from tests.harness.templates import ROOT

EXAMPLE = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "verifying.md").read_text(), re.DOTALL)[0]
FURNISH = """
from attesta.credentials import actions, contents
from tests.harness import cast
from tests.harness.pdfs import make_pdf
from datetime import date
zoe = cast.zoe()
titles = {"title_fr": "Certificat", "title_en": "Certificate", "issued_on": date(2024, 3, 22)}
made = actions.issue(issuer=cast.institution(), learner_email=zoe.email, pdf=make_pdf(), **titles)
open(%r, "wb").write(contents.of_owner(zoe, made.pk).original())
"""


def verify(path: Path, *options: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    out = io.StringIO()
    try:
        call_command("verify", str(path), *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def facts(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(verify(path, "--json")[1])
    return found


@pytest.fixture
def path(file: bytes, tmp_path: Path) -> Path:
    place = tmp_path / "diploma.pdf"
    place.write_bytes(file)
    return place


def test_a_genuine_file_in_words(path: Path) -> None:
    code, told = verify(path)
    assert (code, told.splitlines()[0]) == (0, "Genuine and current: River University issued this very file.")
    assert "  ✓ Not one byte has changed since it was issued" in told.splitlines()
    assert "  - registraire@fleuve.example" in told.splitlines()


def test_in_french(path: Path) -> None:
    first = verify(path, "--language", "fr")[1].splitlines()[0]
    assert first == "Authentique et en vigueur\u00a0: Université du Fleuve a émis ce fichier, tel quel."


def test_json_has_the_shape_that_the_guide_promises(path: Path, sealed: Credential, pdf: PdfMaker) -> None:
    actions.update(credential=sealed, pdf=pdf(text="Corrigé"), reason="Nom corrigé")
    found, example = facts(path), json.loads(EXAMPLE)
    assert (found["conclusion"], found["severity"]) == (example["conclusion"], example["severity"])
    assert shape(found) == shape(example)
    assert {frozenset(check) for check in found["checks"]} == {frozenset(example["checks"][0])}


def shape(found: dict[str, Any]) -> dict[str, Any]:
    """Its keys, and theirs; lists apart."""
    return {key: shape(value) if isinstance(value, dict) else None for key, value in found.items()}


def test_what_is_known_of_the_document_is_told(path: Path, sealed: Credential) -> None:
    found = facts(path)
    assert found["document"]["learner_name"] == "Zoé Citoyenne"
    assert (found["document"]["version"], found["document"]["current_version"]) == (1, 1)
    assert found["sha256"] == sealed.versions.get().sha256
    assert [each["code"] for each in found["checks"]] == ["issued", "unaltered", "sealed", "current", "revoked"]


def test_of_an_altered_file_the_learner_is_not_named(path: Path, file: bytes) -> None:
    path.write_bytes(flipped(file, 700, 1))
    code, told = verify(path, "--json")
    found = json.loads(told)
    assert (code, found["document"], found["institution"]["name_en"]) == (1, None, "River University")
    assert "Zoé" not in told
    assert found["checks"][0]["code"] == "register"


def test_revoked_is_one(path: Path, sealed: Credential) -> None:
    actions.revoke(credential=sealed, reason="Issued by mistake", shown=True)
    code, told = verify(path)
    assert code == 1
    assert "Reason given by the institution: Issued by mistake" in told


def test_an_unsealed_file_is_two(path: Path, pdf: PdfMaker) -> None:
    path.write_bytes(pdf(text="Autre"))
    assert verify(path)[0] == 2


@pytest.mark.parametrize("name", ["missing.pdf", "."])
def test_a_file_that_cannot_be_read_is_two(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError) as refused:
        verify(tmp_path / name)
    assert refused.value.returncode == 2


def test_a_file_larger_than_any_is_two(tmp_path: Path) -> None:
    place = tmp_path / "large.pdf"
    place.write_bytes(bytes(25 * 1024 * 1024 + 1))
    with pytest.raises(CommandError, match="larger than 25 MB") as refused:
        verify(place)
    assert refused.value.returncode == 2


@pytest.fixture
def unknown(tmp_path: Path, pdf: PdfMaker) -> Path:
    place = tmp_path / "unknown.pdf"
    place.write_bytes(pdf(text="Autre"))
    return place


def test_a_wait_that_is_too_long_is_two(unknown: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(verification, "_queue", threading.BoundedSemaphore(1))
    with verification._queue, pytest.raises(CommandError, match="too many files") as refused:
        verify(unknown)
    assert refused.value.returncode == 2


def test_an_authority_that_cannot_be_opened_is_two(unknown: Path, settings: Settings, tmp_path: Path, db: None) -> None:
    settings.SEALS_DIR = tmp_path / "seals"
    settings.SEALS_DIR.mkdir()
    (settings.SEALS_DIR / "root.pem").touch()
    with pytest.raises(CommandError, match="We cannot tell") as refused:
        verify(unknown)
    assert refused.value.returncode == 2


def test_as_a_process_what_keeps_us_from_looking_is_two(tmp_path: Path, unknown: Path) -> None:
    """No setting, no data folder, no table, no database at all."""
    away = {"ATTESTA_MODE": "test", "ATTESTA_DATABASE_URL": "postgres://127.0.0.1:9/x"}
    told = [
        ("refuses to start", {"ATTESTA_MODE": "production"}),
        ("register cannot be reached (OperationalError)", {"ATTESTA_MODE": "test"}),
        ("register cannot be reached (OperationalError)", away),
    ]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ATTESTA_")}
    for sentence, values in told:
        own = plain | {"ATTESTA_DATA_DIR": str(tmp_path / "data")} | values
        done = run([sys.executable, "manage.py", "verify", str(unknown)], own)
        assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
    done = run(["bin/attesta", "verify", str(unknown)], plain | {"ATTESTA_DATA_DIR": str(tmp_path / "none")})
    assert (done.returncode, "is not an Attesta data folder" in done.stderr) == (2, True)


def run(command: list[str], values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=values, cwd=ROOT, capture_output=True, text=True, check=False)


def test_as_a_process_the_exit_code_arrives(tmp_path: Path) -> None:
    genuine, forged = tmp_path / "genuine.pdf", tmp_path / "forged.pdf"
    with RunningServer() as product:
        product.shell(FURNISH % str(genuine))
        forged.write_bytes(flipped(genuine.read_bytes(), 700, 1))
        codes = [ended(product, "verify", str(name)) for name in (genuine, forged, tmp_path / "missing.pdf")]
    assert codes == [0, 1, 2]


def ended(product: RunningServer, *arguments: str) -> int:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=product.environment, cwd=ROOT, capture_output=True, check=False).returncode
