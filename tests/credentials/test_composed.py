"""Documents composed from a row of fields: sealed, with their code, their twin, and the same row only once."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions, contents, sealing
from attesta.credentials.models import Credential, Source, Template, Term
from attesta.credentials.pesc import reading
from attesta.credentials.rules import Refusal, Refused
from attesta.mail.models import Letter
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


def test_an_update_corrects_name_and_titles_wherever_they_are_told(template: Template) -> None:
    """On the sheet, in its twin, in the register, in lists and in what staff search."""
    said = replace(samples.ATTESTATION, learner_name="Zoé Trembley", title_fr="Atestation", title_en="Atestation")
    document = actions.issue_composed(**sound(template, fields=said, learner_name="Zoé Trembley"))
    corrected = replace(said, learner_name="Zoé Tremblay", title_fr="Attestation", title_en="Confirmation")
    actions.update_composed(credential=document, template=template, fields=corrected, reason="Nom")
    fresh = Credential.objects.get()
    assert (fresh.learner_name, fresh.title_fr, fresh.title_en) == ("Zoé Tremblay", "Attestation", "Confirmation")
    assert (fresh.folded_fr, fresh.folded_en) == ("attestation", "confirmation")
    assert (document.learner_name, document.latest) == ("Zoé Tremblay", 2)
    words = set(Term.objects.filter(credential=document).values_list("word", flat=True))
    assert words >= {"tremblay", "attestation", "confirmation"}
    assert not words & {"trembley", "atestation"}
    assert Line.objects.get(verb="document-updated").facts["en"] == "Confirmation"


def test_what_is_composed_anew_carries_its_new_titles_in_its_twin(template: Template, zoe: Person) -> None:
    document = actions.issue_composed(**sound(template))
    said = replace(samples.ATTESTATION, title_fr="Attestation de stage", title_en="Confirmation of internship")
    actions.update_composed(credential=document, template=template, fields=said, reason="Autre document")
    with pikepdf.open(io.BytesIO(bytes_of(document, zoe))) as pdf:
        (attached,) = pdf.attachments.values()
        twin = json.loads(attached.get_file().read_bytes())
    assert (twin["title_fr"], twin["title_en"]) == ("Attestation de stage", "Confirmation of internship")


def test_a_refused_update_corrects_nothing(template: Template) -> None:
    document = actions.issue_composed(**sound(template))
    other = replace(samples.DIPLOMA, learner_name="Alex Tremblay")
    actions.update_composed(credential=document, template=template, fields=samples.DIPLOMA, reason="Sceau", seen=1)
    with pytest.raises(Refused) as refusal:
        actions.update_composed(credential=document, template=template, fields=other, reason="Nom", seen=1)
    document.refresh_from_db()
    assert (refusal.value.code, document.learner_name, document.latest) == (
        (Refusal.CHANGED_MEANWHILE, "Zoé Citoyenne", 2)
    )


def test_the_row_s_own_titles_are_the_document_s(template: Template) -> None:
    said = replace(samples.ATTESTATION, title_fr="Attestation de stage", title_en="Confirmation of internship")
    own = actions.issue_composed(**sound(template, fields=said, number="A-1"))
    plain = actions.issue_composed(**sound(template, fields=samples.ATTESTATION, number="A-2"))
    assert (own.title_fr, own.title_en) == ("Attestation de stage", "Confirmation of internship")
    assert (plain.title_fr, plain.title_en) == ("Diplôme de baccalauréat", "Bachelor’s degree")
    assert actions.issue_composed(**sound(template, fields=said, number="A-1")) == own


def test_a_row_handed_in_again_after_its_name_was_corrected_is_still_the_same_document(template: Template) -> None:
    said = replace(samples.DIPLOMA, learner_name="Zoé Trembley")
    document = actions.issue_composed(**sound(template, fields=said, learner_name="Zoé Trembley"))
    actions.update_composed(credential=document, template=template, fields=samples.DIPLOMA, reason="Nom")
    assert actions.issue_composed(**sound(template, fields=said, learner_name="Zoé Trembley")) == document


def test_the_same_fields_make_a_new_version_when_the_template_was_corrected(template: Template, zoe: Person) -> None:
    document = actions.issue_composed(**sound(template))
    template.design = {**template.design, "wording": {"award_fr": "le grade corrigé de"}}
    template.version += 1
    template.save()
    version = actions.update_composed(
        credential=document, template=template, fields=samples.DIPLOMA, reason="Libellé", seen=1
    )
    assert version.number == 2
    printed = pypdfium2.PdfDocument(bytes_of(document, zoe))[0].get_textpage().get_text_bounded()
    assert "le grade corrigé de" in printed


def test_the_same_press_twice_is_one_version(template: Template) -> None:
    document = actions.issue_composed(**sound(template))
    again: dict[str, Any] = {"template": template, "fields": samples.DIPLOMA, "reason": "Sceau", "seen": 1}
    made = [actions.update_composed(credential=Credential.objects.get(), **again) for _ in range(2)]
    assert [each.pk for each in made] == [made[0].pk] * 2
    document.refresh_from_db()
    assert (document.latest, Letter.objects.filter(kind="credentials.updated").count()) == (2, 1)
