"""A corrected document: reviewed, then issued as its next version; never over what a colleague did meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from attesta.credentials import actions
from attesta.credentials.composing.fields import Diploma
from attesta.credentials.models import Credential, Source, Template
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from tests.harness.pdfs import make_pdf
from tests.issuer.test_issuing import begin, confirm, errors, keep, upload
from tests.learner import reading

TYPED = {"reason": "Mention ajoutée", "issued_on": "2024-06-01", "version": "1"}


WORDS = {"learner_name": "Zoé Tremblay", "degree_fr": "Bachelière", "degree_en": "Bachelor"}


@pytest.fixture
def page(diploma: Credential, desk: str) -> str:
    return f"{desk}documents/{diploma.pk}/update/"


def versions(credential: Credential) -> list[tuple[int, str]]:
    return list(credential.versions.order_by("number").values_list("number", "reason"))


def test_an_update_is_reviewed_then_every_share_shows_it(
    page: str, diploma: Credential, registrars: Client, desk: str
) -> None:
    Letter.objects.all().delete()
    there = begin(registrars, page)
    review = registrars.get(keep(registrars, there, **TYPED, pdf=upload()).headers["Location"])
    assert reading.facts(review) == {
        "Motif de la mise à jour": "Mention ajoutée",
        "Émis": "1er juin 2024",
        "Versions jusqu’ici": "1",
    }
    assert versions(diploma) == [(1, "")]
    done = confirm(registrars, there)
    assert done.headers["Location"] == f"{desk}documents/{diploma.pk}/"
    assert versions(diploma) == [(1, ""), (2, "Mention ajoutée")]
    assert [letter.kind for letter in Letter.objects.all()] == ["credentials.updated"]


def test_an_uploaded_correction_puts_name_and_titles_right(page: str, diploma: Credential, registrars: Client) -> None:
    there = begin(registrars, page)
    form = registrars.get(there)
    assert "Actuellement : Zoé Citoyenne. Laissez vide pour ne rien changer." in reading.main(form).text
    right = {"learner_name": "Zoé Tremblay", "title_fr": "", "title_en": "Bachelor of Arts"}
    review = registrars.get(keep(registrars, there, **TYPED, **right, pdf=upload()).headers["Location"])
    told = list(reading.facts(review).items())[:2]
    assert told == [
        ("Nom de l’apprenant", "Zoé Tremblay Jusqu’ici : Zoé Citoyenne"),
        ("Titre en anglais", "Bachelor of Arts Jusqu’ici : Bachelor’s degree"),
    ]
    kept = dict(registrars.session)
    assert confirm(registrars, there).status_code == 302
    diploma.refresh_from_db()
    said = (diploma.learner_name, diploma.title_fr, diploma.title_en)
    assert said == ("Zoé Tremblay", "Diplôme de baccalauréat", "Bachelor of Arts")
    session = registrars.session
    session.update(kept)  # the second press was on its way already
    session.save()
    assert (confirm(registrars, there).status_code, len(versions(diploma))) == (302, 2)


def test_what_a_document_is_called_is_shown_as_words_not_as_a_page(
    page: str, diploma: Credential, registrars: Client
) -> None:
    """Markup in a name or a title, which any batch may bring, is text on every page that says what is kept now."""
    words = '<form action="/x"><b>&amp;'
    Credential.objects.filter(pk=diploma.pk).update(learner_name=words, title_fr=words, title_en=words)
    there = begin(registrars, page)
    form = registrars.get(there)
    assert reading.main(form).text.count(f"Actuellement : {words}. Laissez vide") == 3
    review = registrars.get(keep(registrars, there, **TYPED, learner_name="Zoé", pdf=upload()).headers["Location"])
    for answer in (form, review, registrars.get(page.removesuffix("update/"))):
        assert b'<form action="/x">' not in answer.content


def test_a_correction_that_nobody_would_see_is_none(page: str, diploma: Credential, registrars: Client) -> None:
    there = begin(registrars, page)
    unseen = {"learner_name": "Zoé \u200b Citoyenne", "title_fr": "\u200d", "title_en": "\u202e"}
    review = registrars.get(keep(registrars, there, **TYPED, **unseen, pdf=upload()).headers["Location"])
    assert list(reading.facts(review)) == ["Motif de la mise à jour", "Émis", "Versions jusqu’ici"]
    confirm(registrars, there)
    said = (diploma.learner_name, diploma.title_fr, diploma.title_en)
    diploma.refresh_from_db()
    assert (diploma.latest, diploma.learner_name, diploma.title_fr, diploma.title_en) == (2, *said)


def test_a_correction_of_what_a_colleague_corrected_meanwhile_is_not_lost(
    page: str, diploma: Credential, registrars: Client
) -> None:
    there = begin(registrars, page)
    keep(registrars, there, **TYPED, title_en="Bachelor of Arts", pdf=upload())
    actions.update(credential=diploma, pdf=make_pdf(text="D’un collègue"), reason="Nom", learner_name="Zoé Tremblay")
    answer = confirm(registrars, there)
    [newer] = reading.main(answer).all("input", name="newer")
    confirm(registrars, there, newer=newer.attributes["value"])
    diploma.refresh_from_db()
    assert (diploma.learner_name, diploma.title_en, diploma.latest) == ("Zoé Tremblay", "Bachelor of Arts", 3)


def test_pressed_twice_it_is_one_version(page: str, diploma: Credential, registrars: Client) -> None:
    there = begin(registrars, page)
    keep(registrars, there, **TYPED, pdf=upload())
    kept = dict(registrars.session)
    confirm(registrars, there)
    session = registrars.session
    session.update(kept)  # the second press was on its way already
    session.save()
    again = confirm(registrars, there, newer="1")
    assert (again.status_code, len(versions(diploma))) == (302, 2)


@pytest.fixture
def composed_page(page: str, institution: Organization) -> str:
    names = {"name": "Diplômes", "title_fr": "Diplôme", "title_en": "Diploma"}
    template = Template.objects.create(issuer=institution, kind="diploma", **names)
    return f"{page}{template.pk}/"


def test_the_same_words_under_a_corrected_template_are_a_new_version(
    composed_page: str, diploma: Credential, registrars: Client
) -> None:
    for number in (1, 2):
        there = begin(registrars, composed_page)
        keep(registrars, there, **(TYPED | {"version": str(number)}), **WORDS)
        assert confirm(registrars, there).status_code == 302
        Template.objects.update(version=F("version") + 1, design={"wording": {"award_fr": "le grade de"}})
    assert [number for number, _reason in versions(diploma)] == [1, 2, 3]
    diploma.refresh_from_db()
    assert (diploma.learner_name, diploma.title_en) == ("Zoé Tremblay", "Diploma")


def test_composed_words_pressed_twice_are_one_version(
    composed_page: str, diploma: Credential, registrars: Client
) -> None:
    there = begin(registrars, composed_page)
    keep(registrars, there, **TYPED, **WORDS)
    kept = dict(registrars.session)
    first = confirm(registrars, there)
    session = registrars.session
    session.update(kept)  # the second press was on its way already
    session.save()
    second = confirm(registrars, there)
    assert (first.headers["Location"], len(versions(diploma))) == (second.headers["Location"], 2)


def test_what_is_updated_before_its_release_tells_nobody_so(
    page: str, diploma: Credential, registrars: Client, desk: str
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    Credential.objects.filter(pk=diploma.pk).update(learner=None, claimed_at=None, release_due_at=tomorrow)
    Letter.objects.all().delete()
    there = begin(registrars, page)
    review = registrars.get(keep(registrars, there, **TYPED, pdf=upload()).headers["Location"])
    assert "L’apprenant n’en est pas informé : le document attend sa remise." in reading.main(review).text
    confirm(registrars, there)
    told = (
        "« Diplôme de baccalauréat » est mis à jour. Il attend sa remise : l’apprenant n’est pas informé de la mise à"
        " jour."
    )
    assert reading.messages(registrars.get(f"{desk}documents/{diploma.pk}/")) == [told]
    assert not Letter.objects.exists()


def test_what_a_colleague_updated_meanwhile_is_shown_first(page: str, diploma: Credential, registrars: Client) -> None:
    there = begin(registrars, page)
    keep(registrars, there, **TYPED, pdf=upload())
    actions.update(credential=diploma, pdf=make_pdf(text="D’un collègue"), reason="Nom corrigé")
    answer = confirm(registrars, there)
    assert (answer.status_code, len(versions(diploma))) == (409, 2)
    assert reading.notices(answer) == ["Ce document a été mis à jour entre-temps"]
    assert "Motif indiqué : Nom corrigé" in reading.main(answer).text
    [newer] = reading.main(answer).all("input", name="newer")
    confirm(registrars, there, newer=newer.attributes["value"])
    assert versions(diploma)[2] == (3, "Mention ajoutée")


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"reason": ""}, "Ce champ est obligatoire."),
        ({"issued_on": "2199-12-31"}, "La date d’émission est dans le futur."),
        ({"issued_on": "0024-03-22"}, "L’année doit être comprise entre 1900 et 2199."),
        ({"issued_on": ""}, "Ce champ est obligatoire."),
    ],
)
def test_a_mistake_comes_back_at_its_field(
    typed: dict[str, str], complaint: str, page: str, registrars: Client
) -> None:
    answer = keep(registrars, begin(registrars, page), **(TYPED | typed), pdf=upload())
    assert (answer.status_code, errors(answer)) == (422, [complaint])


def test_the_very_same_file_is_refused(page: str, diploma: Credential, registrars: Client) -> None:
    there = begin(registrars, page)
    keep(registrars, there, **TYPED, pdf=upload())
    confirm(registrars, there)
    again = begin(registrars, page)
    keep(registrars, again, **(TYPED | {"version": "2"}), pdf=upload())
    answer = confirm(registrars, again)
    assert (answer.status_code, len(versions(diploma))) == (422, 2)
    assert errors(answer) == ["Ce fichier est déjà la version courante du document. Rien n’a été modifié."]


def test_it_may_be_composed_anew(page: str, diploma: Credential, institution: Organization, registrars: Client) -> None:
    names = {"name": "Diplômes", "title_fr": "Diplôme", "title_en": "Diploma"}
    Template.objects.create(issuer=institution, kind="diploma", **names)
    form = registrars.get(begin(registrars, page))
    composed = reading.links(form)["Diplômes"]
    there = begin(registrars, composed)
    fields: dict[str, Any] = {"learner_name": "Zoé Citoyenne", "degree_fr": "Bachelière", "degree_en": "Bachelor"}
    keep(registrars, there, **TYPED, **fields)
    confirm(registrars, there)
    assert diploma.versions.get(number=2).source == Source.FIELDS


def test_what_made_it_before_is_offered_first(
    page: str, diploma: Credential, institution: Organization, registrars: Client
) -> None:
    """Of a document that came as a PDF the next one is a PDF; of a composed one, its template."""
    names = {"name": "Diplômes", "title_fr": "Diplôme", "title_en": "Diploma"}
    template = Template.objects.create(issuer=institution, kind="diploma", **names)

    def offered() -> list[str]:
        text = reading.main(registrars.get(begin(registrars, page))).text
        return sorted(("Diplômes", "Le PDF corrigé"), key=text.index)

    assert offered() == ["Le PDF corrigé", "Diplômes"]
    actions.update_composed(
        credential=diploma, template=template, fields=Diploma("Zoé Tremblay", "Bachelière", "Bachelor"), reason="Nom"
    )
    assert offered() == ["Diplômes", "Le PDF corrigé"]
    form = registrars.get(begin(registrars, f"{page}{template.pk}/"))
    [name] = reading.main(form).all("input", name="learner_name")
    assert name.attributes["value"] == "Zoé Tremblay"


def test_a_revoked_document_no_longer_changes(page: str, diploma: Credential, registrars: Client) -> None:
    actions.revoke(credential=diploma, reason="Erreur", shown=False)
    answer = registrars.get(page, follow=True)
    assert reading.messages(answer) == ["« Diplôme de baccalauréat » est révoqué et ne change plus."]


def test_readers_and_strangers_update_nothing(
    page: str, diploma: Credential, readers: Client, strangers: Client
) -> None:
    posted = {**TYPED, "draft": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "act": "keep", "pdf": upload()}
    assert (readers.get(page).status_code, strangers.get(page).status_code) == (403, 404)
    assert (readers.post(page, posted).status_code, strangers.post(page, posted).status_code) == (403, 404)
    assert versions(diploma) == [(1, "")]
