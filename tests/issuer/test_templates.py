"""Templates on their pages: a picture of what is typed, nothing overwritten, nothing harmful let in."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from attesta.credentials.actions import templates as actions
from attesta.credentials.actions.templates import TemplateDraft
from attesta.credentials.models import Batch, Template, TemplateKind
from attesta.organizations.models import Organization
from tests.learner import reading

CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
TYPED = {
    "version": "1",
    "name": "Diplôme 2026",
    "title_fr": "Diplôme de baccalauréat",
    "title_en": "Bachelor’s degree",
    "language": "fr",
    "accent": "#224466",
    "warm": "#a8843f",
    "paper": "us-letter",
    "ring": "on",
}
DEAN = {"signatory1_name": "Ada Rectrice", "signatory1_role_fr": "Rectrice", "signatory1_role_en": "President"}


@pytest.fixture
def page(desk: str) -> str:
    return f"{desk}templates/"


@pytest.fixture
def template(institution: Organization) -> Template:
    draft = TemplateDraft("Diplôme", "Diplôme de baccalauréat", "Bachelor’s degree", {"accent": "#1d3557"})
    return actions.create_template(issuer=institution, kind="diploma", draft=draft, by=None)


def svg(content: str = CREST) -> SimpleUploadedFile:
    return SimpleUploadedFile("crest.svg", content.encode(), "image/svg+xml")


def errors(answer: Any) -> list[str]:
    return [each.text for each in reading.main(answer).all("p", class_="field-error")]


@pytest.mark.parametrize("kind", list(TemplateKind))
def test_a_template_of_each_kind_is_made(
    administrators: Client, institution: Organization, page: str, kind: TemplateKind
) -> None:
    assert reading.links(administrators.get(f"{page}new/"))
    empty = administrators.get(f"{page}new/{kind}/")
    assert "data:image/webp;base64," in empty.content.decode()
    answer = administrators.post(f"{page}new/{kind}/", {**TYPED, **DEAN}, follow=True)
    assert reading.messages(answer) == ["Le modèle « Diplôme 2026 » est prêt à servir."]
    made = institution.templates.get()
    assert (made.kind, made.design["accent"]) == (kind, "#224466")
    assert made.design["signatories"] == [{"name": "Ada Rectrice", "role_fr": "Rectrice", "role_en": "President"}]


def test_the_titles_are_printed_where_the_kind_prints_one(
    administrators: Client, institution: Organization, page: str
) -> None:
    administrators.post(f"{page}new/transcript/", {**TYPED, "title_fr": "Bulletin", "title_en": "Report"})
    assert institution.templates.get().design["wording"] == {"title_fr": "Bulletin", "title_en": "Report"}


def test_usual_words_are_not_kept_as_one_s_own(administrators: Client, institution: Organization, page: str) -> None:
    words = {"wording_award_fr": "le titre de", "wording_award_en": "the degree of", "wording_rights_fr": ""}
    administrators.post(f"{page}new/diploma/", {**TYPED, **words})
    assert institution.templates.get().design["wording"] == {"award_fr": "le titre de"}


def test_a_legend_of_grades_is_written_in_lines(administrators: Client, institution: Organization, page: str) -> None:
    typed = {**TYPED, "grades": "A+; 4.3; Excellent; Excellent\n\nS; ; Succès; Pass\n"}
    administrators.post(f"{page}new/transcript/", typed)
    made = institution.templates.get()
    assert [(each["grade"], each["points"]) for each in made.design["grades"]] == [("A+", "4.3"), ("S", "")]
    shown = next(reading.main(administrators.get(f"{page}{made.pk}/")).all("textarea", name="grades")).text
    assert shown == "A+; 4.3; Excellent; Excellent S; ; Succès; Pass"


@pytest.mark.parametrize("line", ["A+; 4.3; Excellent", "A+; four; Excellent; Excellent", "; 4; Bien; Good"])
def test_a_legend_that_is_none_is_refused(
    administrators: Client, institution: Organization, page: str, line: str
) -> None:
    answer = administrators.post(f"{page}new/transcript/", {**TYPED, "grades": line})
    assert len(errors(answer)) == 1
    assert not institution.templates.exists()


def test_a_preview_saves_nothing_and_keeps_the_crest(
    administrators: Client, institution: Organization, page: str
) -> None:
    typed = {**TYPED, "crest_file": svg(), "preview": "1"}
    answer = administrators.post(f"{page}new/diploma/", typed)
    assert "data:image/webp;base64," in answer.content.decode()
    assert not institution.templates.exists()
    kept = next(each for each in reading.main(answer).all("input", name="crest"))
    assert kept.attributes["value"] == CREST
    administrators.post(f"{page}new/diploma/", {**TYPED, "crest": kept.attributes["value"]})
    assert institution.templates.get().design["crest"] == CREST


def test_a_crest_is_replaced_and_removed(administrators: Client, template: Template, page: str) -> None:
    there = f"{page}{template.pk}/"
    administrators.post(there, {**TYPED, "crest_file": svg()})
    other = CREST.replace("h9", "h8")
    administrators.post(there, {**TYPED, "version": "2", "crest": CREST, "crest_file": svg(other)})
    template.refresh_from_db()
    assert template.design["crest"] == other
    administrators.post(there, {**TYPED, "version": "3", "crest": other, "remove_crest": "on"})
    template.refresh_from_db()
    assert template.design["crest"] == ""


@pytest.mark.parametrize(
    "content",
    [
        "%PDF-1.7",
        "\xff\xfe",
        CREST.replace("<path", "<script>fetch('//x.example')</script><path"),
        CREST.replace("<path", '<image href="https://x.example/a.png"/><path'),
        CREST.replace("<path", '<path style="fill:url(https://x.example/)"'),
        CREST.replace("<path", '<path onload="x()"'),
        '<!DOCTYPE svg [<!ENTITY x "y">]>' + CREST,
    ],
)
def test_trust_24_harmful_drawings_are_refused(
    administrators: Client, institution: Organization, page: str, content: str
) -> None:
    for more in ({}, {"preview": "1"}):
        for field in ({"crest_file": svg(content)}, {"crest": content}):
            answer = administrators.post(f"{page}new/diploma/", {**TYPED, **field, **more})
            assert answer.status_code == 200
            assert len(list(reading.main(answer).all("div", class_="error-summary"))) == 1
            assert "data:image/webp" not in answer.content.decode()
    assert not institution.templates.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Ce champ est obligatoire."),
        ({"name": "Diplôme"}, "Un autre modèle porte ce nom. Choisissez-en un autre."),
        ({"accent": "red"}, "Choisissez une couleur, comme #1d3557."),
        ({"wording_award_fr": "{secret}"}, "Un nom entre accolades est inconnu. Les noms connus figurent plus bas."),
        ({"place_fr": "𒀀"}, "Un caractère de ce texte ne peut être imprimé"),
        ({"signatory1_name": "Ada"}, "Remplissez aussi ce champ"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    administrators: Client, template: Template, page: str, typed: dict[str, str], said: str
) -> None:
    answer = administrators.post(f"{page}new/diploma/", {**TYPED, **typed})
    assert any(each.startswith(said) for each in errors(answer)), errors(answer)
    assert Template.objects.count() == 1


def test_trust_35_a_stale_template_overwrites_nothing(administrators: Client, template: Template, page: str) -> None:
    there = f"{page}{template.pk}/"
    administrators.post(there, {**TYPED, "name": "Première"})
    answer = administrators.post(there, {**TYPED, "name": "Seconde"})
    assert answer.status_code == 409
    assert reading.rows(answer, "Ce qui diffère")[0] == ["Seconde", "Première"]
    template.refresh_from_db()
    assert (template.name, template.version) == ("Première", 2)
    administrators.post(there, {**TYPED, "name": "Seconde", "version": "2"})
    template.refresh_from_db()
    assert template.name == "Seconde"


def test_whoever_edits_a_template_is_told_of_its_batches(
    administrators: Client, institution: Organization, template: Template, page: str
) -> None:
    there = f"{page}{template.pk}/"
    assert reading.notices(administrators.get(there)) == []
    for state in ("waiting", "running", "done"):
        Batch.objects.create(issuer=institution, template=template, form="csv", size=1, state=state)
    assert reading.notices(administrators.get(there)) == ["2 lots sont faits avec ce modèle"]


def test_a_retired_template_leaves_the_list_and_comes_back(
    administrators: Client, template: Template, page: str
) -> None:
    administrators.post(f"{page}{template.pk}/retire/")
    assert [row[0] for row in reading.rows(administrators.get(page), "Modèles retirés")] == ["Diplôme"]
    administrators.post(f"{page}{template.pk}/restore/")
    assert not reading.rows(administrators.get(page), "Modèles retirés")


def test_the_list_costs_the_same_at_any_length(
    administrators: Client, institution: Organization, page: str, django_assert_num_queries: Any
) -> None:
    administrators.get(page)
    for name in ("Un", "Deux", "Trois"):
        draft = TemplateDraft(name, "Diplôme", "Degree", {})
        actions.create_template(issuer=institution, kind="diploma", draft=draft, by=None)
        with django_assert_num_queries(4):
            assert administrators.get(page).status_code == 200


def test_its_picture_and_its_table(readers: Client, template: Template, page: str) -> None:
    picture = readers.get(f"{page}{template.pk}/picture/")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/webp")
    assert picture.headers["Cache-Control"] == "private, no-store"
    table = readers.get(f"{page}{template.pk}/table/")
    head = table.content.decode("utf-8-sig").splitlines()
    assert head[0].startswith("document_number,learner_email,issued_on,expires_on,learner_name,degree_fr,degree_en")
    assert len(head) == 1
    example = readers.get(f"{page}{template.pk}/table/?example=1").content.decode("utf-8-sig").splitlines()
    assert example[1].startswith("2026-0001,zoe@example.org,2026-06-12,,Zoé Citoyenne")


def test_trust_17_only_administrators_keep_templates(
    registrars: Client, readers: Client, template: Template, page: str
) -> None:
    for browser in (registrars, readers):
        assert browser.get(page).status_code == 200
        for there in ("new/", "new/diploma/", f"{template.pk}/"):
            assert browser.get(page + there).status_code == 403
        for there in ("new/diploma/", f"{template.pk}/", f"{template.pk}/retire/", f"{template.pk}/restore/"):
            assert browser.post(page + there, TYPED).status_code == 403
    template.refresh_from_db()
    assert (template.version, template.retired_at, Template.objects.count()) == (1, None, 1)


def test_the_stranger_finds_nothing(
    strangers: Client, template: Template, page: str, other_institution: Organization
) -> None:
    elsewhere = f"/issuer/{other_institution.slug}/templates/"
    for there in ("", f"{template.pk}/", f"{template.pk}/picture/", f"{template.pk}/table/"):
        assert strangers.get(page + there).status_code == 404
        if there:
            assert strangers.get(elsewhere + there).status_code in (403, 404)
