"""The desk, the root certificates, and what is never kept."""

from __future__ import annotations

import logging
import re
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attesta.credentials import sealing
from attesta.credentials.models import Credential
from attesta.shares.rules import HOUR, Window
from attesta.verifier import budgets, verification
from tests.harness.forgeries import flipped
from tests.harness.pdfs import PdfMaker
from tests.verifier.conftest import Verifier, headline, text

NAME = "secret-name-of-a-file.pdf"
READS = re.compile("(QUERY = .)?(SELECT|SAVEPOINT|RELEASE)")  # a planned statement is told with that word before it


def test_the_desk_offers_a_file_and_a_code_without_an_account(verifier: Verifier) -> None:
    page = text(verifier.get("/verify/"))
    for seen in ('type="file"', 'name="code"', 'enctype="multipart/form-data"', 'name="csrfmiddlewaretoken"'):
        assert seen in page


def test_a_file_is_taken_with_the_guard_of_its_form_alone(sealed: Credential, file: bytes) -> None:
    """So that no other site can make a visitor's browser send files here."""
    browser = Verifier(enforce_csrf_checks=True, headers={"accept-language": "en"})
    assert browser.bring(file).status_code == 403
    page = text(browser.get("/verify/"))
    guard = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    answer = browser.post("/verify/", {"file": SimpleUploadedFile("a.pdf", file), "csrfmiddlewaretoken": guard})
    assert headline(answer).startswith("Genuine and current")
    assert 'name="csrfmiddlewaretoken"' in text(answer)


def test_nothing_chosen_is_told_beside_the_field(verifier: Verifier) -> None:
    answer = verifier.post("/verify/")
    assert (answer.status_code, "Choose a file." in text(answer)) == (422, True)


@pytest.mark.parametrize("kind", ["genuine", "altered", "unsealed"])
def test_nothing_that_is_brought_is_kept(
    verifier: Verifier, file: bytes, pdf: PdfMaker, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    """Not in the database but for a count, not on the disk, not in a log, not in the answer."""
    content = {"genuine": file, "altered": flipped(file, 900, 1), "unsealed": pdf(text="Autre")}[kind]
    before = {path for path in settings.DATA_DIR.rglob("*") if "sqlite" not in path.name}
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        caplog.at_level(logging.DEBUG),
    ):
        answer = verifier.bring(content, NAME)
    written = [query["sql"] for query in queries if not READS.match(query["sql"])]
    assert [sql for sql in written if "shares_budget" not in sql] == []
    assert not [sql for sql in written if sha256(content).hexdigest() in sql]
    assert {path for path in settings.DATA_DIR.rglob("*") if "sqlite" not in path.name} == before
    assert NAME not in caplog.text
    assert NAME not in text(answer)


def test_a_genuine_file_costs_one_statement(verifier: Verifier, file: bytes) -> None:
    with CaptureQueriesContext(connection) as queries:
        verifier.bring(file)
    assert len([query for query in queries if "credentials_version" in query["sql"]]) == 1


def test_examinations_are_limited_by_network_and_genuine_files_never(
    verifier: Verifier, file: bytes, pdf: PdfMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "EXAMINATIONS", Window(2, HOUR))
    foreign = pdf(text="Autre")
    assert [verifier.bring(foreign).status_code for _ in range(3)] == [200, 200, 429]
    assert headline(verifier.bring(file)).startswith("Genuine and current")
    assert verifier.bring(foreign, REMOTE_ADDR="192.0.2.99").status_code == 200


def test_root_certificates_are_published_with_their_fingerprints(verifier: Verifier, sealed: Credential) -> None:
    [der] = sealing.roots()
    page = text(verifier.get("/verify/roots/"))
    assert sha256(der).digest().hex(":").upper() in page
    assert f"/verify/roots/{sha256(der).hexdigest()}.pem" in page


def test_a_root_certificate_is_downloaded_at_a_stable_address(verifier: Verifier, sealed: Credential) -> None:
    [der] = sealing.roots()
    answer = verifier.get(f"/verify/roots/{sha256(der).hexdigest()}.pem")
    assert x509.load_pem_x509_certificate(answer.content).public_bytes(Encoding.DER) == der
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers["Content-Type"] == "application/x-pem-file"


@pytest.mark.parametrize("name", ["0" * 64, "x", "..", "%00"])
def test_another_root_is_not_there(verifier: Verifier, sealed: Credential, name: str) -> None:
    assert verifier.get(f"/verify/roots/{name}.pem").status_code == 404


def test_lists_of_revoked_certificates_are_published_as_they_are_now(verifier: Verifier, sealed: Credential) -> None:
    certificate = sealed.versions.get().certificate
    assert certificate
    serial = x509.load_pem_x509_certificate(bytes(certificate.chain)).serial_number
    of_root, before = revoked(verifier, "root"), revoked(verifier, "issuing")
    sealing.revoke(certificate=certificate)
    assert (revoked(verifier, "root"), revoked(verifier, "issuing")) == (of_root, [*before, serial])
    page = text(verifier.get("/verify/roots/"))
    assert re.findall(r'href="/verify/roots/([a-z]+\.crl)"', page) == ["root.crl", "issuing.crl"]
    assert [int(number) for number in re.findall(r"(\d+) revoked certificate", page)] == [len(of_root), len(before) + 1]
    assert verifier.get("/verify/roots/tsa.crl").status_code == 404


def revoked(verifier: Verifier, name: str) -> list[int]:
    answer = verifier.get(f"/verify/roots/{name}.crl")
    assert answer.headers["Content-Type"] == "application/pkix-crl"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    return [entry.serial_number for entry in x509.load_der_x509_crl(answer.content)]


def test_before_the_first_seal_there_is_none_and_the_page_says_so(
    db: None, verifier: Verifier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "SEALS_DIR", tmp_path / "none")
    assert "No root certificate yet" in text(verifier.get("/verify/roots/"))
    assert verifier.get("/verify/roots/root.crl").status_code == 404


def test_the_front_page_leads_here(verifier: Verifier) -> None:
    assert text(verifier.get("/")).count('href="/verify/"') == 2


def test_french_is_french(french_verifier: Verifier, file: bytes) -> None:
    answer = french_verifier.bring(file)
    assert headline(answer) == "Authentique et en vigueur\u00a0: Université du Fleuve a émis ce fichier, tel quel."
    assert answer.headers["Content-Language"] == "fr"


def test_when_too_many_files_wait_the_next_one_is_asked_to_come_back(
    verifier: Verifier, file: bytes, pdf: PdfMaker
) -> None:
    waiting = [verification._queue.acquire(blocking=False) for _ in range(verification.AT_ONCE)]
    try:
        refused = verifier.bring(pdf(text="Autre"))
        genuine = verifier.bring(file)
    finally:
        for _ in waiting:
            verification._queue.release()
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert headline(genuine).startswith("Genuine and current")
    assert verifier.bring(pdf(text="Autre")).status_code == 200


def test_while_our_own_root_cannot_be_read_we_say_that_we_cannot_tell(
    verifier: Verifier,
    french_verifier: Verifier,
    sealed: Credential,
    file: bytes,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(settings, "SEALS_DIR", tmp_path / "seals")
    (tmp_path / "seals").mkdir()
    (tmp_path / "seals" / "root.pem").write_text("-----BEGIN CERTIFICATE-----\nMII")
    answer = verifier.bring(flipped(file, 900, 1))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store, private")
    assert headline(answer) == "We cannot tell right now: our own root certificate cannot be read."
    assert "Nothing is wrong with your document" in text(answer)
    told = headline(french_verifier.bring(flipped(file, 900, 1)))
    assert told.startswith("Nous ne pouvons rien conclure pour l’instant\xa0: ")
    assert f"The certificate authority in {tmp_path / 'seals'} cannot be read" in caplog.text
    lists = ("/verify/roots/", "/verify/roots/root.crl")
    assert [verifier.get(address).status_code for address in lists] == [503, 503]
    assert headline(verifier.bring(file)).startswith("Genuine and current")
    assert sealed.code and verifier.get(f"/verify/{sealed.code}").status_code == 200
    assert verifier.get("/verify/").status_code == 200
    (tmp_path / "seals" / "root.pem").unlink()
    assert headline(verifier.bring(flipped(file, 900, 1))).startswith("We cannot tell right now")
