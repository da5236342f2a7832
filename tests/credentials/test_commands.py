"""The registrar's desk on the command line: what it prints, and one sentence for what it refuses."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from attesta.credentials.models import Credential
from attesta.credentials.rules import Status
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from tests.credentials import files
from tests.credentials.conftest import everything
from tests.harness.pdfs import PdfMaker, make_pdf


def run(*arguments: Any) -> list[str]:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "diploma.pdf"
    path.write_bytes(make_pdf(pages=2))
    return path


def issue_arguments(file: Path, issuer: object, *more: str) -> list[Any]:
    titles = ["--title-fr", "Diplôme", "--title-en", "Degree"]
    return ["issue-document", file, "--issuer", issuer, "--learner", "zoe@example.org", *titles, *more]


def test_issue_document_prints_id_and_address(file: Path, institution: Organization) -> None:
    options = ["--issued-on", "2024-03-22", "--expires-on", "2030-01-01", "--learner-name", "Zoé", "--number", "B-1"]
    lines = run(*issue_arguments(file, institution.slug, *options))
    document = Credential.objects.get()
    assert lines == [str(document.pk), f"http://localhost:8000/documents/{document.pk}/"]
    assert (document.issued_on, document.expires_on) == (date(2024, 3, 22), date(2030, 1, 1))
    assert (document.learner_name, document.number, document.issuer) == ("Zoé", "B-1", institution)
    assert Letter.objects.count() == 1
    assert run(*issue_arguments(file, institution.pk, *options)) == lines


def test_issue_document_quietly(file: Path, institution: Organization) -> None:
    run(*issue_arguments(file, institution.pk, "--issued-on", "2024-03-22", "--quiet"))
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere", "--issued-on", "2024-03-22"], "No institution with the short name or id 'nowhere'"),
        (["universite-du-fleuve", "--issued-on", "2126-01-01"], "The date of issue lies in the future."),
    ],
)
def test_issue_document_refuses_in_one_sentence(
    arguments: list[str], sentence: str, file: Path, institution: Organization, vault_folder: Path
) -> None:
    before = everything(vault_folder)
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(*issue_arguments(file, *arguments))
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 1
    assert everything(vault_folder) == before


def test_files_that_are_not_there_or_too_large_are_refused(tmp_path: Path, institution: Organization) -> None:
    day = ["--issued-on", "2024-03-22"]
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(*issue_arguments(tmp_path / "none.pdf", institution.slug, *day))
    large = tmp_path / "large.pdf"
    large.write_bytes(files.REFUSED["too-large"]())
    with pytest.raises(CommandError, match="larger than 25 MB"):
        run(*issue_arguments(large, institution.slug, *day))


def test_dates_that_are_none_are_refused(file: Path, institution: Organization) -> None:
    with pytest.raises(CommandError, match="'22 mars' is not a date: write it as 2024-03-22"):
        run(*issue_arguments(file, institution.slug, "--issued-on", "22 mars"))


def test_update_document(diploma: Credential, file: Path) -> None:
    lines = run("update-document", diploma.pk, file, "--reason", "Correction", "--issued-on", "2024-05-01")
    assert lines[0] == str(diploma.pk)
    assert lines[2] == "Version 2 is current."
    version = diploma.versions.get(number=2)
    assert (version.reason, version.issued_on) == ("Correction", date(2024, 5, 1))


@pytest.mark.parametrize("pk", ["6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "diploma"])
def test_documents_that_are_not_there(pk: str, file: Path, db: None) -> None:
    with pytest.raises(CommandError, match="There is no document with the id"):
        run("update-document", pk, file, "--reason", "Correction")
    with pytest.raises(CommandError, match="There is no document with the id"):
        run("revoke-document", pk, "--reason", "Erreur")


def test_refused_update_says_why(diploma: Credential, tmp_path: Path, vault_folder: Path, pdf: PdfMaker) -> None:
    same = tmp_path / "same.pdf"
    same.write_bytes(pdf(pages=2, text="Diplôme de baccalauréat"))
    before = everything(vault_folder)
    with pytest.raises(CommandError, match="already the current version"):
        run("update-document", diploma.pk, same, "--reason", "Correction")
    assert everything(vault_folder) == before


@pytest.mark.parametrize("more", [[], ["--shown"]])
def test_revoke_document(more: list[str], diploma: Credential) -> None:
    assert run("revoke-document", diploma.pk, "--reason", "Erreur", *more)[-1] == "Revoked."
    diploma.refresh_from_db()
    assert (diploma.status, diploma.revocation_shown) == (Status.REVOKED, bool(more))
    with pytest.raises(CommandError, match="already been revoked"):
        run("revoke-document", diploma.pk, "--reason", "Erreur")
