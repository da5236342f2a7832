"""Templates: made, edited without overwriting, retired; what would not print or could do harm is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pypdfium2 import PdfDocument

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import specimens
from attesta.credentials.actions import templates
from attesta.credentials.actions.templates import Invalid, Stale, TemplateDraft
from attesta.credentials.models import Template
from attesta.organizations.models import Organization

pytestmark = pytest.mark.django_db
CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
DEAN = {"name": "Ada Rectrice", "role_fr": "Rectrice", "role_en": "President"}


def draft(name: str = "Diplôme", **design: Any) -> TemplateDraft:
    return TemplateDraft(name, "Diplôme de baccalauréat", "Bachelor’s degree", {"accent": "#1d3557", **design})


def made(issuer: Organization, by: Person | None = None, **design: Any) -> Template:
    return templates.create_template(issuer=issuer, kind="diploma", draft=draft(**design), by=by)


def told(issuer: Organization) -> list[tuple[str, str]]:
    lines = Line.objects.filter(issuer_id=issuer.pk, verb__startswith="template").order_by("id")
    return [(line.verb, line.facts["template"]) for line in lines]


def test_a_template_is_made_and_told(institution: Organization, registrar: Person) -> None:
    template = made(institution, registrar, crest=CREST, signatories=[DEAN], wording={"award_fr": "le titre de"})
    assert (template.version, template.design["crest"]) == (1, CREST)
    assert told(institution) == [("template-made", "Diplôme")]


def test_its_specimen_bears_its_own_titles(institution: Organization) -> None:
    names = {"title_fr": "Attestation de stage", "title_en": "Confirmation of internship"}
    template = Template(issuer=institution, kind="attestation", design={"wording": names})
    printed = PdfDocument(specimens.specimen(template))[0].get_textpage().get_text_bounded()
    assert [printed.count(name) for name in (*names.values(), "inscription")] == [1, 1, 0]


def test_an_edit_keeps_what_the_draft_leaves_out(institution: Organization) -> None:
    template = made(institution, grades=[{"grade": "A", "points": "4", "meaning_fr": "b", "meaning_en": "g"}])
    saved = templates.edit_template(template=template, version=1, draft=draft("Diplôme 2026", warm="#aa8844"), by=None)
    assert isinstance(saved, Template)
    assert (saved.name, saved.version, saved.design["warm"], len(saved.design["grades"])) == (
        *("Diplôme 2026", 2, "#aa8844", 1),
    )


def test_trust_35_a_stale_edit_overwrites_nothing(institution: Organization) -> None:
    template = made(institution)
    templates.edit_template(template=template, version=1, draft=draft("Second"), by=None)
    outcome = templates.edit_template(template=template, version=1, draft=draft("Third"), by=None)
    assert isinstance(outcome, Stale)
    assert outcome.current.name == Template.objects.get().name == "Second"


def test_a_template_is_retired_and_taken_up_again(institution: Organization) -> None:
    template = made(institution)
    for _ in range(2):
        assert templates.retire_template(template=template, by=None).retired_at
    for _ in range(2):
        assert templates.restore_template(template=template, by=None).retired_at is None
    assert [verb for verb, _ in told(institution)] == ["template-made", "template-retired", "template-restored"]


@pytest.mark.parametrize(
    ("design", "problem"),
    [
        ({"accent": "red"}, ("accent", "colour-invalid")),
        ({"warm": "#12345"}, ("warm", "colour-invalid")),
        ({"accent": "#1d3557;x"}, ("accent", "colour-invalid")),
        ({"language": "de"}, ("language", "unknown")),
        ({"paper": "a0"}, ("paper", "unknown")),
        ({"crest": "not a drawing"}, ("crest", "crest-not-svg")),
        ({"crest": CREST.replace("<path", "<script>alert(1)</script><path")}, ("crest", "crest-active")),
        ({"crest": CREST.replace("<path", '<path onclick="x()"')}, ("crest", "crest-active")),
        ({"crest": CREST.replace("<path", '<path fill="url(https://x.example/#a)"')}, ("crest", "crest-outside")),
        ({"crest": CREST.replace("<path", "<image/><path")}, ("crest", "crest-foreign")),
        ({"crest": CREST + "\0"}, ("crest", "crest-not-svg")),
        (
            {"signatories": [{**DEAN, "signature": CREST.replace("<path", "<image/><path")}]},
            ("signatory1_signature", "crest-foreign"),
        ),
        ({"wording": {"award_fr": "{secret}"}}, ("wording_award_fr", "wording-placeholder-unknown")),
        ({"wording": {"award_fr": "x" * 1001}}, ("wording_award_fr", "wording-too-long")),
        ({"wording": {"bribe_fr": "x"}}, ("wording_bribe_fr", "wording-unknown")),
        ({"signatories": [{**DEAN, "role_en": ""}]}, ("signatory1_role_en", "missing")),
        ({"signatories": [DEAN] * 4}, ("signatories", "too-many")),
        ({"place_fr": "x" * 201}, ("place_fr", "too-long")),
        ({"place_fr": "𒀀"}, ("place_fr", "unprintable")),
    ],
)
def test_what_would_not_print_or_could_do_harm_is_refused(
    institution: Organization, design: dict[str, Any], problem: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        made(institution, **design)
    assert refusal.value.problems == [problem]
    assert not Template.objects.exists()
    assert told(institution) == []


@pytest.mark.parametrize("field", ["name", "title_fr", "title_en"])
def test_names_and_titles_are_required(institution: Organization, field: str) -> None:
    values = {"name": "Diplôme", "title_fr": "Diplôme", "title_en": "Degree", field: " \u200b "}
    with pytest.raises(Invalid) as refusal:
        templates.create_template(issuer=institution, kind="diploma", draft=TemplateDraft(**values, design={}), by=None)
    assert refusal.value.problems == [(field, "missing")]


def test_a_name_stands_once_in_an_institution(institution: Organization, other_institution: Organization) -> None:
    first = made(institution)
    made(other_institution)
    with pytest.raises(Invalid) as refusal:
        made(institution)
    assert refusal.value.problems == [("name", "taken")]
    assert isinstance(templates.edit_template(template=first, version=1, draft=draft(), by=None), Template)
