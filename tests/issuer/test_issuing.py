"""One new document: what is typed and handed in is kept until it is issued; it is issued once, as it was reviewed."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from attesta.accounts.models import Person
from attesta.accounts.rules import RECENT
from attesta.credentials import actions
from attesta.credentials.actions import templates
from attesta.credentials.actions.templates import TemplateDraft
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Credential, Source, Template, Version
from attesta.issuer import drafts
from attesta.issuer.forms.composing import ComposedForm
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from tests.credentials import files
from tests.harness import cast
from tests.harness.pdfs import make_pdf
from tests.issuer.conftest import Issue, signed_in_at, with_factor
from tests.issuer.test_acts import fresh
from tests.learner import reading

FIELDS = {
    "learner_name": "Ève Côté",
    "learner_email": "eve@example.org",
    "title_fr": "Diplôme",
    "title_en": "Diploma",
    "number": "2024-7",
    "issued_on": "2024-03-22",
}


def upload(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("diplôme.pdf", content or make_pdf(pages=3, text="Diplôme d'Ève"), "application/pdf")


def begin(browser: Client, page: str) -> str:
    """The address of a fresh draft."""
    return str(browser.get(page).headers["Location"])


def draft_of(address: str) -> str:
    return str(re.findall(r"draft=([0-9a-f-]{36})", address)[0])


def keep(browser: Client, address: str, **fields: Any) -> Any:
    return browser.post(address, {"draft": draft_of(address), "act": "keep"} | fields)


def confirm(browser: Client, address: str, **fields: Any) -> Any:
    return browser.post(address, {"draft": draft_of(address), "act": "confirm"} | fields)


def errors(response: Any) -> list[str]:
    return [each.text for each in reading.main(response).all("p", class_="field-error")]


@pytest.fixture
def new(desk: str) -> str:
    return f"{desk}documents/new/pdf/"


def test_a_pdf_is_issued_as_it_was_reviewed(
    new: str, registrars: Client, desk: str, institution: Organization, registrar: Person
) -> None:
    there = begin(registrars, new)
    answer = keep(registrars, there, **FIELDS, pdf=upload())
    review = registrars.get(answer.headers["Location"])
    assert reading.facts(review)["Adresse courriel"] == "eve@example.org"
    pictures = [image.attributes["src"][:23] for image in reading.main(review).all("img")]
    assert pictures == ["data:image/webp;base64,", "data:image/webp;base64,"]
    assert Credential.objects.count() == 0
    done = confirm(registrars, there)
    [issued] = Credential.objects.all()
    assert done.headers["Location"] == f"{desk}documents/{issued.pk}/issued/"
    assert (str(issued.pk), issued.issuer, issued.number) == (draft_of(there), institution, "2024-7")
    assert Version.objects.get().page_count == 3
    told = reading.main(registrars.get(done.headers["Location"])).text
    assert "Un courriel est en route vers eve@example.org" in told
    assert [letter.to for letter in Letter.objects.all()] == ["eve@example.org"]


def test_pressed_twice_it_is_issued_once(new: str, registrars: Client, desk: str) -> None:
    there = begin(registrars, new)
    keep(registrars, there, **(FIELDS | {"number": ""}), pdf=upload())
    session = registrars.session
    kept = dict(session)
    first = confirm(registrars, there)
    session.update(kept)  # the second press was on its way already
    session.save()
    second = confirm(registrars, there)
    assert first.headers["Location"] == second.headers["Location"]
    assert Credential.objects.count() == 1
    assert registrars.get(there).headers["Location"] == first.headers["Location"]


def test_what_was_issued_before_is_said_to_have_been_there_already(new: str, registrars: Client) -> None:
    for heading in ("Le document est émis", "Le document était déjà là"):
        there = begin(registrars, new)
        keep(registrars, there, **FIELDS, pdf=upload())
        told = reading.main(registrars.get(confirm(registrars, there).headers["Location"])).text
        assert heading in told
    assert "Un courriel est en route" not in told
    assert (Credential.objects.count(), Letter.objects.count()) == (1, 1)


def test_a_revoked_document_s_number_is_not_said_to_be_issued(new: str, registrars: Client, desk: str) -> None:
    there = begin(registrars, new)
    keep(registrars, there, **FIELDS, pdf=upload())
    done = confirm(registrars, there).headers["Location"]
    actions.revoke(credential=Credential.objects.get(), reason="Erreur", shown=False)
    again = begin(registrars, new)
    keep(registrars, again, **FIELDS, pdf=upload())
    answer = confirm(registrars, again)
    assert (answer.status_code, errors(answer)) == (
        (
            422,
            [
                "Le document qui porte ce numéro a été révoqué. Émettez le nouveau sous un autre numéro; rien n’a été "
                "modifié."
            ],
        )
    )
    assert registrars.get(done).headers["Location"] == f"{desk}documents/{Credential.objects.get().pk}/"


def test_a_draft_is_never_named_like_another_institution_s_document(
    new: str, registrars: Client, zoe: Person, other_institution: Organization
) -> None:
    foreign = cast.diploma(zoe, other_institution)
    there = f"{new}?draft={foreign.pk}"
    answers = [registrars.get(there), keep(registrars, there, **FIELDS, pdf=upload()), confirm(registrars, there)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_mistake_loses_neither_words_nor_file(new: str, registrars: Client) -> None:
    there = begin(registrars, new)
    answer = keep(registrars, there, **(FIELDS | {"title_en": "", "learner_email": "eve@@"}), pdf=upload())
    assert (answer.status_code, len(errors(answer))) == (422, 2)
    assert "diplôme.pdf" in reading.main(answer).text
    again = registrars.get(there)
    [name] = reading.main(again).all("input", name="learner_name")
    assert (name.attributes["value"], "diplôme.pdf" in reading.main(again).text) == ("Ève Côté", True)
    assert keep(registrars, there, **FIELDS).headers["Location"].endswith("step=review")


def test_what_is_kept_is_sealed_and_small(new: str, registrars: Client) -> None:
    there = begin(registrars, new)
    keep(registrars, there, **FIELDS, pdf=upload(make_pdf(pages=40, text="Zyxwvut")))
    [row] = Session.objects.all()
    assert (len(row.session_data) < 20_000, "Côté" in str(registrars.session[drafts.PLACE])) == (True, False)
    for number in range(4):
        keep(registrars, begin(registrars, new), learner_name="x" * 100_000, number=str(number))
    assert len(registrars.session[drafts.PLACE]) == drafts.KEPT


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"MZ not a PDF", "Le fichier n’est pas un PDF"),
        (make_pdf()[:-400], "Le PDF est incomplet"),
        (b"", "Le fichier est vide"),
        (files.encrypted(password="secret"), "Le PDF est chiffré"),
    ],
)
def test_a_file_that_cannot_be_sealed_is_refused_beside_its_field(
    content: bytes, complaint: str, new: str, registrars: Client
) -> None:
    there = begin(registrars, new)
    file = SimpleUploadedFile("diplôme.pdf", content, "application/pdf")
    answer = keep(registrars, there, **FIELDS, pdf=file)
    assert (answer.status_code, [each[: len(complaint)] for each in errors(answer)]) == (422, [complaint])
    assert Credential.objects.count() == 0


def test_what_will_be_taken_out_is_told_before(new: str, registrars: Client) -> None:
    there = begin(registrars, new)
    review = registrars.get(keep(registrars, there, **FIELDS, pdf=upload(files.with_javascript())).headers["Location"])
    assert reading.notices(review) == ["Du contenu actif sera retiré"]
    assert "des programmes (JavaScript)" in reading.main(review).text
    confirm(registrars, there)
    assert Version.objects.get().removed == ["javascript"]


def test_a_number_that_is_taken_comes_back_at_its_field(new: str, registrars: Client, issue: Issue) -> None:
    issue("Zoé Citoyenne", number="2024-7")
    there = begin(registrars, new)
    keep(registrars, there, **FIELDS, pdf=upload())
    answer = confirm(registrars, there)
    assert (answer.status_code, len(errors(answer))) == (422, 1)
    assert "Un autre document de cet organisme porte ce numéro" in errors(answer)[0]
    assert "diplôme.pdf" in reading.main(answer).text


def test_a_file_that_lay_too_long_is_asked_for_again(new: str, registrars: Client) -> None:
    there = begin(registrars, new)
    keep(registrars, there, **FIELDS, pdf=upload())
    for path in vault_files():
        path.unlink()
    answer = confirm(registrars, there)
    assert answer.status_code == 422
    assert "Le PDF n’est plus gardé. Choisissez-le de nouveau; tout le reste est encore là." in errors(answer)


def vault_files() -> list[Path]:
    return [path for path in Path(settings.VAULT_DIR).rglob("*") if path.is_file() and len(path.name) == 64]


def test_a_release_day_and_a_quiet_letter(new: str, registrars: Client) -> None:
    there = begin(registrars, new)
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    keep(registrars, there, **FIELDS, release_on=day, quiet="on", pdf=upload())
    confirm(registrars, there)
    issued = Credential.objects.get()
    assert issued.release_due_at
    assert timezone.localdate(issued.release_due_at).isoformat() == day
    assert (issued.quiet, Letter.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issued_on", "2999-01-01"),
        ("expires_on", "2024-03-22"),
        ("release_on", "2020-01-01"),
        ("issued_on", "99999-1-1"),
        ("issued_on", "0024-03-22"),
        ("expires_on", "9999-12-31"),
        ("release_on", "9999-12-31"),
    ],
)
def test_days_that_cannot_be(field: str, value: str, new: str, registrars: Client) -> None:
    answer = keep(registrars, begin(registrars, new), **(FIELDS | {field: value}), pdf=upload())
    assert (answer.status_code, len(errors(answer))) == (422, 1)


def test_a_sign_in_that_grows_old_loses_nothing(new: str, registrar: Person) -> None:
    browser = signed_in_at(with_factor(registrar), time.time())
    there = begin(browser, new)
    grow_old(browser)
    review = keep(browser, there, **FIELDS, pdf=upload()).headers["Location"]
    assert browser.get(review).headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert confirm(browser, review).status_code == 302
    assert Credential.objects.count() == 0
    fresh(browser)
    assert reading.facts(browser.get(review))["Apprenant"] == "Ève Côté"
    confirm(browser, review)
    assert Credential.objects.count() == 1


def grow_old(browser: Client) -> None:
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - RECENT - 5}]
    session.save()


def test_a_draft_is_of_one_person_alone(new: str, registrars: Client, administrators: Client) -> None:
    there = begin(registrars, new)
    keep(registrars, there, **FIELDS, pdf=upload())
    session = administrators.session
    session[drafts.PLACE] = registrars.session[drafts.PLACE]
    session.save()
    [name] = reading.main(administrators.get(there)).all("input", name="learner_name")
    assert name.attributes.get("value") is None
    assert confirm(administrators, there).status_code == 302
    assert Credential.objects.count() == 0


def test_readers_and_strangers_issue_nothing(new: str, desk: str, readers: Client, strangers: Client) -> None:
    for page in (new, f"{desk}documents/new/"):
        assert (readers.get(page).status_code, strangers.get(page).status_code) == (403, 404)
    there = f"{new}?draft=6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    posted = {**FIELDS, "pdf": upload()}
    assert (keep(readers, there, **posted).status_code, keep(strangers, there, **posted).status_code) == (403, 404)
    assert Credential.objects.count() == 0


# --- by a template -----------------------------------------------------------------------------------


@pytest.fixture
def template(institution: Organization) -> Template:
    names = {"name": "Diplômes", "title_fr": "Diplôme", "title_en": "Diploma"}
    return Template.objects.create(issuer=institution, kind="diploma", **names)


COMPOSED = {
    "learner_name": "Ève Côté",
    "learner_email": "eve@example.org",
    "issued_on": "2024-03-22",
    "number": "2024-8",
    "degree_fr": "Bachelière ès sciences",
    "degree_en": "Bachelor of Science",
}


def test_a_diploma_is_composed_from_what_is_typed(template: Template, registrars: Client, desk: str) -> None:
    there = begin(registrars, f"{desk}documents/new/template/{template.pk}/")
    wrong = keep(registrars, there, **(COMPOSED | {"degree_fr": "", "field_fr": "Océanographie"}))
    assert errors(wrong) == [
        "Ce champ est obligatoire.",
        "Ce texte a été donné dans l’autre langue : donnez-le aussi dans celle-ci.",
    ]
    review = registrars.get(keep(registrars, there, **COMPOSED).headers["Location"])
    assert len(list(reading.main(review).all("img"))) == 1
    assert "Bachelière ès sciences" in next(reading.main(review).all("div", class_="sheet-text")).text
    confirm(registrars, there)
    issued = Credential.objects.get()
    assert (issued.title_fr, issued.versions.get().source) == ("Diplôme", Source.FIELDS)


def seen_in(review: Any) -> str:
    [mark] = reading.main(review).all("input", name="seen")
    return mark.attributes["value"]


def test_what_was_edited_in_another_window_is_checked_again_first(new: str, registrars: Client) -> None:
    there = begin(registrars, new)
    review = registrars.get(keep(registrars, there, **FIELDS, pdf=upload()).headers["Location"])
    keep(registrars, there, **(FIELDS | {"learner_email": "someone.else@example.org"}))
    answer = confirm(registrars, there, seen=seen_in(review))
    assert (answer.status_code, Credential.objects.count()) == (409, 0)
    assert reading.notices(answer) == ["Ce que vous avez vérifié a changé entre-temps"]
    assert reading.facts(answer)["Adresse courriel"] == "someone.else@example.org"
    confirm(registrars, there, seen=seen_in(answer))
    assert Credential.objects.get().learner_email == "someone.else@example.org"


def test_a_template_that_a_colleague_edited_is_looked_at_first(
    template: Template, registrars: Client, desk: str
) -> None:
    there = begin(registrars, f"{desk}documents/new/template/{template.pk}/")
    review = registrars.get(keep(registrars, there, **COMPOSED).headers["Location"])
    draft = TemplateDraft("Diplômes", "Diplôme", "Diploma", {"place_fr": "Rimouski", "place_en": "Rimouski"})
    assert templates.edit_template(template=template, version=1, draft=draft, by=None) == template
    answer = confirm(registrars, there, seen=seen_in(review))
    assert (answer.status_code, Credential.objects.count()) == (409, 0)
    assert confirm(registrars, there, seen=seen_in(answer)).status_code == 302


def test_a_template_that_cannot_be_drawn_is_no_fault_of_whoever_issues(
    template: Template, registrars: Client, desk: str
) -> None:
    Template.objects.filter(pk=template.pk).update(
        design={"crest": '<svg xmlns="http://www.w3.org/2000/svg" width="0"/>'}
    )
    there = begin(registrars, f"{desk}documents/new/template/{template.pk}/")
    answer = registrars.get(keep(registrars, there, **COMPOSED).headers["Location"])
    assert answer.status_code == 422
    assert "Les documents de ce modèle ne peuvent pas être composés pour l’instant." in reading.main(answer).text


def test_a_transcripts_courses_stand_in_rows(institution: Organization, registrars: Client, desk: str) -> None:
    names = {"name": "Relevés", "title_fr": "Relevé", "title_en": "Transcript"}
    template = Template.objects.create(issuer=institution, kind="transcript", **names)
    there = begin(registrars, f"{desk}documents/new/template/{template.pk}/")
    typed = {
        **{name: COMPOSED[name] for name in ("learner_name", "learner_email", "issued_on", "number")},
        **{"student_number": "1234", "programme_fr": "Baccalauréat", "programme_en": "Bachelor", "courses": "6"},
        **{"course-2-term": "2025-9", "course-2-course_code": "OCE-1010", "course-2-course_title_fr": "Introduction"},
        "course-2-grade": "A+",
    }
    wrong = keep(registrars, there, **typed)
    complaints = [each.attributes["id"] for each in reading.main(wrong).all("p", class_="course-error")]
    assert complaints == ["id_course-2-term_error", "id_course-2-course_credits_error"]
    more = registrars.post(there, typed | {"draft": draft_of(there), "act": "more"})
    assert len(list(reading.main(registrars.get(more.headers["Location"])).all("div", class_="course"))) == 12
    right = typed | {"course-2-term": "2025-09", "course-2-course_credits": "3"}
    review = registrars.get(keep(registrars, there, **right).headers["Location"])
    assert "OCE-1010" in reading.main(review).text
    confirm(registrars, there)
    assert Credential.objects.get().number == "2024-8"


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_fields_of_a_form_are_called_the_same(kind: DocumentKind, language: str) -> None:
    with translation.override(language):
        labels = [str(field.label) for field in ComposedForm(kind=kind).fields.values()]
    assert sorted(labels) == sorted(set(labels))


def test_templates_are_chosen_from_unless_retired(
    template: Template, registrars: Client, desk: str, other_institution: Organization
) -> None:
    names = {"title_fr": "Diplôme", "title_en": "Diploma", "kind": "diploma"}
    theirs = Template.objects.create(issuer=other_institution, name="Ailleurs", **names)
    ways = reading.links(registrars.get(f"{desk}documents/new/"))
    assert ways["Diplômes"] == f"{desk}documents/new/template/{template.pk}/"
    assert "Ailleurs" not in ways
    assert registrars.get(f"{desk}documents/new/template/{theirs.pk}/").status_code == 404


def test_a_template_that_was_retired_meanwhile_is_said_to_be(
    template: Template, diploma: Credential, registrars: Client, desk: str
) -> None:
    """Whoever was about to issue or update with it may choose anew; what was issued with it is found."""
    new, update = f"{desk}documents/new/", f"{desk}documents/{diploma.pk}/update/"
    there, before = begin(registrars, f"{new}template/{template.pk}/"), begin(registrars, f"{update}{template.pk}/")
    Template.objects.filter(pk=template.pk).update(retired_at=timezone.now())
    for ready, back in ((there, new), (before, update)):
        answer = registrars.post(ready, {"act": "confirm", "draft": ready.partition("draft=")[2]}, follow=True)
        assert answer.redirect_chain[0] == (back, 302)
        assert reading.messages(answer) == [
            "Le modèle « Diplômes » a été retiré : plus rien n’est fait avec lui. Choisissez-en un autre, ou un PDF."
        ]


def test_what_no_page_of_ours_would_send(new: str, template: Template, registrars: Client, desk: str) -> None:
    registrars.raise_request_exception = False
    composed = f"{desk}documents/new/template/{template.pk}/"
    for page in (new, composed):
        for query in ("?draft=x", "?draft=", "?draft=6f9619ff-8b86-4d01-b42d-00cf4fc964ff&step=review"):
            assert registrars.get(page + query).status_code < 500
            assert registrars.post(page + query, {"draft": "nobody", "act": "confirm"}).status_code < 500
        there = begin(registrars, page)
        for posted in ({"courses": "9" * 50}, {"courses": "-1"}, {"issued_on": "9999-12-31"}, {"pdf": "no file"}):
            assert keep(registrars, there, **posted).status_code < 500
