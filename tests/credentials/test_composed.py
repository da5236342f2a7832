"""Documents composed from a row of fields: sealed, with their code, their twin, and the same row only once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.credentials import actions, contents, sealing
from attesta.credentials.models import Credential, Source, Template
from attesta.credentials.pesc import reading
from attesta.credentials.rules import Refusal, Refused
from attesta.organizations.models import Organization
from attesta.seals.checking import check
from tests.credentials.composing import samples
from tests.seals.checkers import conforms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_authority(settings: Settings, tmp_path: Path) -> None:
    settings.SEALS_DIR = tmp_path / "seals"


@pytest.fixture
def template(institution: Organization) -> Template:
    titles = {"title_fr": "Diplôme de baccalauréat", "title_en": "Bachelor’s degree"}
    return Template.objects.create(issuer=institution, kind="diploma", name="Diplôme", **titles)


def sound(template: Template, **changes: Any) -> dict[str, Any]:
    return {
        "issuer": template.issuer,
        "template": template,
        "fields": samples.DIPLOMA,
        "learner_email": "zoe@example.org",
        "learner_name": "Zoé Citoyenne",
        "number": "D-1",
        "issued_on": date(2026, 6, 12),
        **changes,
    }


def bytes_of(document: Credential, person: Person) -> bytes:
    found = contents.of_owner(person, document.pk)
    assert found
    return found.original()


def test_a_diploma_is_composed_sealed_and_says_its_code(template: Template, zoe: Person) -> None:
    document = actions.issue_composed(**sound(template))
    pdf = bytes_of(document, zoe)
    told = check(pdf, roots=sealing.roots(), now=timezone.now())
    assert (told.is_intact, told.is_trusted) == (True, True)
    assert (document.title_fr, document.versions.get().source) == ("Diplôme de baccalauréat", Source.FIELDS)
    printed = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert document.code
    assert document.code in printed
    assert "Zoé Citoyenne" in printed


def test_what_is_composed_and_sealed_is_archival_and_accessible(template: Template, zoe: Person) -> None:
    pdf = bytes_of(actions.issue_composed(**sound(template)), zoe)
    assert conforms(pdf) == {}


def test_a_transcript_carries_a_pesc_twin_that_reads_the_same(template: Template, zoe: Person) -> None:
    template.kind = "transcript"
    template.save()
    fields = samples.transcript()
    document = actions.issue_composed(**sound(template, fields=fields, number="T-1"))
    with pikepdf.open(io.BytesIO(bytes_of(document, zoe))) as pdf:
        (attached,) = pdf.attachments.values()
        twin = attached.get_file().read_bytes()
    assert reading.read(twin).transcript.terms == fields.terms


def test_the_same_row_again_is_the_same_document_and_another_is_refused(template: Template) -> None:
    first = actions.issue_composed(**sound(template))
    assert actions.issue_composed(**sound(template)) == first
    with pytest.raises(Refused) as refusal:
        actions.issue_composed(**sound(template, fields=samples.ATTESTATION))
    assert refusal.value.code == Refusal.NUMBER_TAKEN
    assert Credential.objects.count() == 1


def test_another_institution_s_template_is_refused(template: Template) -> None:
    names = {"name_fr": "Cégep d’ailleurs", "name_en": "Elsewhere College", "contact_email": "r@elsewhere.example"}
    other = Organization.objects.create(slug="elsewhere", is_issuer=True, **names)
    with pytest.raises(Refused) as refusal:
        actions.issue_composed(**sound(template, issuer=other))
    assert refusal.value.code == Refusal.NOT_ITS_TEMPLATE


def test_an_updated_document_is_composed_anew_under_the_same_code(template: Template, zoe: Person) -> None:
    document = actions.issue_composed(**sound(template))
    code = document.code
    version = actions.update_composed(
        credential=document, template=template, fields=samples.ATTESTATION, reason="Autre document"
    )
    assert version.number == 2
    printed = pypdfium2.PdfDocument(bytes_of(document, zoe))[0].get_textpage().get_text_bounded()
    assert code
    assert code in printed
