"""What a verifier may hold: what was issued and sealed here, as it was, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from attesta.accounts.models import Person
from attesta.credentials import actions, contents
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from tests.harness.pdfs import make_pdf


class Verifier(Client):
    """Anyone's browser. ``bring`` is a file, ``type`` a code."""

    def bring(self, pdf: bytes, name: str = "diplome.pdf", **options: Any) -> Any:
        return self.post("/verify/", {"file": SimpleUploadedFile(name, pdf, "application/pdf")}, **options)

    def type(self, code: str) -> Any:
        return self.get("/verify/", {"code": code})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def headline(answer: Any) -> str:
    """The one sentence at the top."""
    return text(answer).split("<h1>", 1)[1].split("</h1>", 1)[0]


def original(credential: Credential, number: int | None = None) -> bytes:
    """The file as its learner downloads it."""
    assert credential.learner
    found = contents.of_owner(credential.learner, credential.pk, number)
    assert found
    return found.original()


@pytest.fixture
def verifier(db: None) -> Verifier:
    return Verifier(headers={"accept-language": "en"})


@pytest.fixture
def french_verifier(db: None) -> Verifier:
    return Verifier(headers={"accept-language": "fr"})


@pytest.fixture
def sealed(zoe: Person, institution: Organization) -> Credential:
    """Zoé's certificate, sealed by her institution."""
    return actions.issue(
        issuer=institution,
        learner_email=zoe.email,
        learner_name=zoe.name,
        title_fr="Certificat en hydrographie",
        title_en="Certificate in Hydrography",
        issued_on=date(2024, 3, 22),
        pdf=make_pdf(text="Certificat"),
    )


@pytest.fixture
def file(sealed: Credential) -> bytes:
    """The sealed PDF that she downloaded."""
    return original(sealed)
