"""Batches on their pages: handed in, every problem named, approved by another person, issued, reported."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.rules import RECENT
from attesta.credentials.actions import templates
from attesta.credentials.actions.templates import TemplateDraft
from attesta.credentials.batches import actions, checking, tasks
from attesta.credentials.models import Batch, BatchState, Credential, Template
from attesta.mail.models import Letter
from attesta.organizations.models import Organization, Role
from tests.harness.pdfs import make_pdf
from tests.issuer.conftest import desk_of, member, signed_in_at
from tests.learner import reading

HEAD = "document_number,learner_email,issued_on,learner_name,degree_fr,degree_en\n"
HTMX = {"HX-Request": "true"}
STALE = (
    "Le lot a changé depuis que cette page vous l’a montré, ou ses documents se présentent autrement : "
    "examinez-le de nouveau. Rien n’a été modifié."
)

type HandIn = Callable[..., Batch]


def line(number: int, *, email: str = "zoe@example.org", day: str = "2026-06-12") -> str:
    return f"D-{number:04},{email},{day},Zoé Citoyenne,Bachelière ès sciences,Bachelor of Science\n"


def table(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("diplomes.csv", (HEAD + "".join(lines)).encode(), "text/csv")


@pytest.fixture
def template(institution: Organization) -> Template:
    draft = TemplateDraft("Diplôme", "Diplôme de baccalauréat", "Bachelor’s degree", {})
    return templates.create_template(issuer=institution, kind="diploma", draft=draft, by=None)


@pytest.fixture
def page(desk: str) -> str:
    return f"{desk}batches/"


@pytest.fixture
def handed_in(institution: Organization, template: Template, registrar: Person) -> HandIn:
    """``handed_in(3)``: a batch of the registrar's with three documents, checked."""

    def hand_in(count: int = 2, *lines: str, by: Person | None = registrar, check: bool = True, **terms: Any) -> Batch:
        file = table(*(line(number) for number in range(1, count + 1)), *lines)
        batch = actions.hand_in(
            issuer=institution,
            form="csv",
            file=file.read(),
            file_name=file.name or "",
            template=template,
            by=by,
            **terms,
        )
        return checking.check(batch) if check else batch

    return hand_in


def issue(limit: int = 100) -> None:
    tasks.work(limit)


def state(batch: Batch) -> str:
    return Batch.objects.values_list("state", flat=True).get(pk=batch.pk)


def press(browser: Client, there: str, act: str, *, shown: str = "") -> Any:
    """A button of the batch's page, with what that page says of the batch."""
    return browser.post(f"{there}{act}/", version_on(browser.get(shown or there)), follow=True)


def version_on(answer: Any) -> dict[str, str]:
    found = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    return {"version": found[1]} if found else {}


# --- handing in --------------------------------------------------------------------------------------


def test_a_table_is_handed_in_checked_started_and_issued(
    registrars: Client, template: Template, page: str, institution: Organization
) -> None:
    typed = {"form": "csv", "template": template.pk, "file": table(line(1), line(2))}
    answer = registrars.post(f"{page}new/", typed, follow=True)
    batch = Batch.objects.get()
    there = f"{page}{batch.pk}/"
    assert answer.redirect_chain == [(there, 302)]
    assert "Le fichier est en vérification" in reading.main(answer).text
    checking.check(batch)
    assert reading.notices(registrars.get(there)) == ["Le fichier est en règle"]
    assert not Credential.objects.exists()
    buttons = reading.buttons(registrars.get(there))
    assert buttons["Émettre 2 documents"] == f"{there}start/"
    press(registrars, there, "start")
    issue()
    assert reading.notices(registrars.get(there)) == ["Les 2 documents sont émis"]
    assert sorted(institution.credentials.values_list("number", flat=True)) == ["D-0001", "D-0002"]
    assert Letter.objects.filter(kind="credentials.issued").count() == 2


def test_the_same_file_again_leads_to_its_batch(
    registrars: Client, handed_in: HandIn, template: Template, page: str
) -> None:
    there = f"{page}{handed_in(1).pk}/"
    answer = registrars.post(
        f"{page}new/", {"form": "csv", "template": template.pk, "file": table(line(1))}, follow=True
    )
    assert answer.redirect_chain == [(there, 302)]
    assert reading.messages(answer) == ["Ce même fichier a déjà été déposé : voici son lot."]


def test_pdfs_are_handed_in_without_a_template(registrars: Client, template: Template, page: str) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("zoe.pdf", make_pdf())
        head = "file,document_number,learner_email,title_fr,title_en,issued_on\n"
        archive.writestr("index.csv", f"{head}zoe.pdf,P-1,zoe@example.org,Attestation,Letter,2026-06-12\n")
    file = SimpleUploadedFile("pdfs.zip", packed.getvalue())
    registrars.post(f"{page}new/", {"form": "zip", "template": template.pk, "file": file, "quiet": "on"})
    batch = checking.check(Batch.objects.get())
    assert (batch.state, batch.template, batch.quiet) == (BatchState.READY, None, True)
    assert registrars.get(f"{page}{batch.pk}/documents/1/picture/").headers["Content-Type"] == "image/webp"


def test_a_release_date_and_silence_are_kept_and_said(registrars: Client, template: Template, page: str) -> None:
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    typed = {"form": "csv", "template": template.pk, "release_on": day, "quiet": "on", "file": table(line(1))}
    registrars.post(f"{page}new/", typed)
    batch = checking.check(Batch.objects.get())
    assert batch.release_at and timezone.localdate(batch.release_at).isoformat() == day
    assert "Ils ne reçoivent aucun courriel." in reading.main(registrars.get(f"{page}{batch.pk}/")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"template": ""}, "Choisissez le modèle avec lequel ces documents sont faits."),
        ({"release_on": "2020-01-01"}, "Choisissez un jour ultérieur, ou laissez vide pour une remise immédiate."),
        ({"form": "pesc"}, "Les fichiers PESC sont des relevés de notes."),
        ({"form": "tar"}, "Sélectionnez un choix valide."),
        ({"file": SimpleUploadedFile("vide.csv", b"")}, "Le fichier est vide."),
    ],
)
def test_what_is_wrong_with_the_form_is_said(
    registrars: Client, template: Template, page: str, typed: dict[str, Any], said: str
) -> None:
    answer = registrars.post(f"{page}new/", {"form": "csv", "template": template.pk, "file": table(line(1))} | typed)
    assert said in reading.main(answer).text
    assert not Batch.objects.exists()


def test_a_retired_or_foreign_template_cannot_be_chosen(
    registrars: Client, template: Template, other_institution: Organization, page: str
) -> None:
    foreign = templates.create_template(
        issuer=other_institution, kind="diploma", draft=TemplateDraft("Autre", "Titre", "Title", {}), by=None
    )
    templates.retire_template(template=template, by=None)
    for chosen in (template, foreign):
        registrars.post(f"{page}new/", {"form": "csv", "template": chosen.pk, "file": table(line(1))})
    assert not Batch.objects.exists()


def test_tables_to_fill_in(readers: Client, page: str) -> None:
    empty = readers.get(f"{page}table/").content.decode("utf-8-sig")
    assert empty == ("file,document_number,learner_email,title_fr,title_en,issued_on,learner_name,expires_on\r\n")
    assert "zoe-citoyenne.pdf" in readers.get(f"{page}table/?example=1").content.decode()


# --- the dry run -------------------------------------------------------------------------------------


def test_every_problem_stands_by_row_and_column(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(1, line(2, email="sans-arobase"), line(3, day="12/06/26", email="=1+1"))
    there = f"{page}{batch.pk}/"
    answer = registrars.get(there)
    assert reading.notices(answer) == [f"{batch.problem_count} problèmes trouvés : rien n’a été émis"]
    rows = reading.rows(answer, "Problèmes")
    assert rows[0][:3] == ["Ligne 3", "learner_email", "sans-arobase"]
    assert {row[0] for row in rows} == {"Ligne 3", "Ligne 4"}
    only = reading.rows(registrars.get(f"{there}?column=issued_on"), "Problèmes")
    assert {row[1] for row in only} == {"issued_on"}
    download = registrars.get(f"{there}problems/")
    text = download.content.decode("utf-8-sig")
    assert len(text.splitlines()) == batch.problem_count + 1
    assert "'=1+1" in text  # trust check 30
    assert quote("– Problèmes.csv") in download.headers["Content-Disposition"]
    assert not Credential.objects.exists()
    assert f"{page}new/?like={batch.pk}" in reading.links(answer)["Déposer le fichier corrigé"]


def test_many_problems_are_paged(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(0, *(line(number, email="x") for number in range(1, 121)))
    there = f"{page}{batch.pk}/"
    first, last = (
        reading.rows(registrars.get(there), "Problèmes"),
        reading.rows(registrars.get(f"{there}?page=3"), "Problèmes"),
    )
    assert (len(first), len(last), last[-1][0]) == (50, 20, "Ligne 121")
    assert reading.rows(registrars.get(f"{there}?page=99999999999"), "Problèmes") == last


def test_the_corrected_file_starts_with_the_same_choices(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(0, line(1, email="x"), quiet=True)
    form = reading.main(registrars.get(f"{page}new/?like={batch.pk}"))
    chosen = next(each for each in form.all("select", name="template"))
    assert str(batch.template_id) in str(chosen)
    assert "checked" in next(each for each in form.all("input", name="quiet")).attributes


def test_the_page_asks_again_while_something_moves(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(check=False)
    there = f"{page}{batch.pk}/"
    assert f'hx-get="{there}?watch=checking"' in registrars.get(there).content.decode()
    partial = registrars.get(f"{there}?watch=checking", headers=HTMX)
    assert partial.status_code == 200
    assert "<html" not in partial.content.decode()
    checking.check(batch)
    assert registrars.get(f"{there}?watch=checking", headers=HTMX).headers["HX-Refresh"] == "true"


def test_documents_are_looked_at_before_they_are_issued(readers: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(3)
    there = f"{page}{batch.pk}/"
    answer = readers.get(f"{there}?see=2")
    assert f"{there}documents/2/picture/" in answer.content.decode()
    picture = readers.get(f"{there}documents/2/picture/")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/webp")
    assert [readers.get(f"{there}documents/{number}/picture/").status_code for number in (0, 4)] == [404, 404]
    actions.cancel(batch=batch, by=None)
    assert readers.get(f"{there}documents/2/picture/").status_code == 404


# --- a second person ---------------------------------------------------------------------------------


@pytest.fixture
def above_one(institution: Organization) -> None:
    Organization.objects.filter(pk=institution.pk).update(approval_above=1)
    institution.refresh_from_db()


@pytest.mark.usefixtures("above_one")
def test_trust_23_the_author_of_a_batch_cannot_approve_it(
    registrars: Client, handed_in: HandIn, institution: Organization, page: str
) -> None:
    colleague = member(institution, "carole@example.org", Role.ISSUER)
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    answer = registrars.get(there)
    assert reading.notices(answer) == ["Une deuxième personne doit approuver"]
    assert "Approuver" not in reading.buttons(answer)
    assert colleague.email in reading.main(answer).text
    refused = press(registrars, there, "approve")
    assert refused.status_code == 403
    assert "Vous avez déposé ce lot" in reading.main(refused).text
    press(registrars, there, "start")
    issue()
    assert state(batch) == BatchState.WAITING
    assert not Credential.objects.exists()


@pytest.mark.usefixtures("above_one")
def test_trust_23_a_second_person_approves(
    registrars: Client, handed_in: HandIn, institution: Organization, page: str
) -> None:
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    carole = desk_of(member(institution, "carole@example.org", Role.ISSUER))
    assert reading.notices(carole.get(page)) == ["1 lot attend votre approbation"]
    assert reading.notices(registrars.get(page)) == []
    assert reading.buttons(carole.get(there))["Approuver"] == f"{there}approve/"
    answer = press(carole, there, "approve")
    assert reading.messages(answer) == ["Le lot est approuvé. Il sera émis dès que quelqu’un le démarrera."]
    assert reading.facts(answer)["Approuvé"].startswith("Carole · ")
    press(registrars, there, "start")
    issue()
    assert Credential.objects.count() == 2


@pytest.mark.usefixtures("above_one")
def test_at_the_threshold_nobody_else_is_needed(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(1)
    assert batch.state == BatchState.READY
    answer = press(registrars, f"{page}{batch.pk}/", "approve")
    assert reading.messages(answer) == ["Le lot n’a plus besoin d’approbation. Rien n’a été modifié."]
    assert state(batch) == BatchState.READY


@pytest.mark.usefixtures("above_one")
def test_trust_23_an_approval_is_of_what_its_page_showed(
    handed_in: HandIn, institution: Organization, template: Template, page: str
) -> None:
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    carole = desk_of(member(institution, "carole@example.org", Role.ISSUER))
    shown = version_on(carole.get(there))
    edit(template, title_fr="Doctorat honoris causa")
    answer = carole.post(f"{there}approve/", shown, follow=True)
    assert reading.messages(answer) == [STALE]
    assert state(batch) == BatchState.WAITING
    assert carole.post(f"{there}approve/", follow=True).status_code == 200  # a form that says nothing
    assert state(batch) == BatchState.WAITING
    carole.post(f"{there}approve/", version_on(answer))
    assert state(batch) == BatchState.READY


@pytest.mark.parametrize("act", ["start", "resume", "cancel"])
def test_trust_35_a_button_does_only_what_its_page_showed(
    registrars: Client, handed_in: HandIn, template: Template, page: str, act: str
) -> None:
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    if act == "resume":
        actions.start(batch=batch, by=None)
        actions.pause(batch=batch, by=None)
    shown, before = version_on(registrars.get(f"{there}cancel/" if act == "cancel" else there)), state(batch)
    edit(template, name="Seulement son nom")
    institution = batch.issuer
    institution.name_en = "Renamed University"
    institution.save()
    answer = registrars.post(f"{there}{act}/", shown, follow=True)
    assert reading.messages(answer) == [STALE]
    assert state(batch) == before


def test_a_pause_needs_no_second_look(registrars: Client, handed_in: HandIn, template: Template, page: str) -> None:
    batch = actions.start(batch=handed_in(2), by=None)
    edit(template, title_fr="Doctorat")
    registrars.post(f"{page}{batch.pk}/pause/")
    assert state(batch) == BatchState.PAUSED


def edit(template: Template, **changes: str) -> None:
    said = {name: getattr(template, name) for name in ("name", "title_fr", "title_en")} | changes
    templates.edit_template(
        template=template, version=template.version, draft=TemplateDraft(**said, design={}), by=None
    )


@pytest.mark.usefixtures("above_one")
def test_trust_23_a_colleague_takes_over_from_whoever_left(
    handed_in: HandIn, institution: Organization, registrar: Person, page: str
) -> None:
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    carole, denis = (desk_of(member(institution, f"{name}@example.org", Role.ISSUER)) for name in ("carole", "denis"))
    shown = version_on(carole.get(there))
    institution.memberships.get(person=registrar).delete()
    assert [
        name for name in ("Approuver", "Prendre le lot en charge") if name in reading.buttons(carole.get(there))
    ] == ["Prendre le lot en charge"]
    answer = carole.post(f"{there}approve/", shown, follow=True)
    assert reading.messages(answer)[0].startswith("La personne qui a déposé ce lot ne peut plus émettre")
    answer = press(carole, there, "take-over")
    assert reading.facts(answer)["Pris en charge"].startswith("Carole · ")
    press(denis, there, "approve")
    assert state(batch) == BatchState.READY


def test_a_paused_batch_says_who_left(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    press(registrars, there, "start")
    carole = member(batch.issuer, "carole@example.org", Role.ISSUER)
    batch.issuer.memberships.get(person=batch.created_by).delete()
    browser = desk_of(carole)
    answer = browser.get(there)
    assert reading.notices(answer) == ["Le lot est en pause"]
    assert "Rémi Registraire ne peut plus émettre pour l’établissement." in reading.main(answer).text
    press(browser, there, "resume")
    assert state(batch) == BatchState.RUNNING


# --- on the way --------------------------------------------------------------------------------------


def test_a_batch_is_paused_resumed_and_reported(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(3)
    there = f"{page}{batch.pk}/"
    press(registrars, there, "start")
    issue(1)
    assert "Documents émis : 1 sur 3 (33 %)" in reading.main(registrars.get(there)).text
    registrars.post(f"{there}pause/")
    issue()
    assert (state(batch), Credential.objects.count()) == (BatchState.PAUSED, 1)
    assert reading.buttons(registrars.get(there))["Reprendre"] == f"{there}resume/"
    press(registrars, there, "resume")
    issue()
    assert (state(batch), Credential.objects.count()) == (BatchState.DONE, 3)
    report = registrars.get(f"{there}report/")
    assert len(report.content.decode("utf-8-sig").splitlines()) == 4
    assert quote("– Rapport.csv") in report.headers["Content-Disposition"]
    codes = set(Credential.objects.values_list("code", flat=True))
    assert all(code in report.content.decode() for code in codes if code)


def test_a_batch_is_cancelled_after_a_question(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    assert reading.buttons(registrars.get(f"{there}cancel/"))["Annuler le lot"] == f"{there}cancel/"
    assert state(batch) == BatchState.READY
    answer = press(registrars, there, "cancel", shown=f"{there}cancel/")
    assert reading.notices(answer) == ["Le lot a été annulé"]
    answer = press(registrars, there, "start")
    assert "Rien n’a été modifié." in " ".join(reading.messages(answer))
    assert state(batch) == BatchState.CANCELLED


def test_what_failed_is_named_with_its_reason(registrars: Client, handed_in: HandIn, page: str) -> None:
    batch = handed_in(2)
    there = f"{page}{batch.pk}/"
    press(registrars, there, "start")
    batch.rows.filter(number=2).update(attempts=31)
    issue()
    answer = registrars.get(f"{there}?failed=1")
    assert reading.notices(answer) == ["1 document n’a pu être émis"]
    rows = reading.rows(answer, "Documents du fichier")
    assert [row[0] for row in rows] == ["D-0002"]
    assert "interrompue trop souvent" in rows[0][2]


def test_the_list_costs_the_same_at_any_length(
    readers: Client, handed_in: HandIn, page: str, django_assert_num_queries: Any
) -> None:
    readers.get(page)
    for number in (10, 20, 30):
        handed_in(0, line(number))
        with django_assert_num_queries(4):
            assert readers.get(page).status_code == 200
    assert len(reading.rows(readers.get(page), "Lots")) == 3


# --- who may -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("above_one")
def test_trust_17_a_reader_cannot_issue(readers: Client, handed_in: HandIn, template: Template, page: str) -> None:
    waiting, ready = handed_in(2), handed_in(0, line(9))
    for batch in (waiting, ready):
        there = f"{page}{batch.pk}/"
        assert not reading.buttons(readers.get(there))
        for act in ("approve", "start", "pause", "resume", "cancel"):
            assert readers.post(f"{there}{act}/").status_code == 403
        assert readers.get(f"{there}problems/").status_code == readers.get(f"{there}report/").status_code == 403
    assert readers.post(f"{page}new/", {"form": "csv", "template": template.pk, "file": table()}).status_code == 403
    assert sorted(map(state, (waiting, ready))) == [BatchState.READY, BatchState.WAITING]
    assert Batch.objects.count() == 2


def test_trust_20_issuing_needs_a_recent_sign_in(
    registrars: Client, registrar: Person, handed_in: HandIn, page: str
) -> None:
    batch = handed_in(1)
    late = signed_in_at(registrar, time.time() - RECENT - 5)
    for act in ("approve", "start", "cancel"):
        answer = late.post(f"{page}{batch.pk}/{act}/")
        assert (answer.status_code, "reauthenticate" in answer.headers["Location"]) == (302, True)
    assert state(batch) == BatchState.READY


def test_the_stranger_finds_nothing(
    strangers: Client, handed_in: HandIn, page: str, other_institution: Organization
) -> None:
    batch = handed_in(1, quiet=True)
    elsewhere = f"/issuer/{other_institution.slug}/batches/"
    for there in ("", f"{batch.pk}/", f"{batch.pk}/report/", f"{batch.pk}/documents/1/picture/"):
        assert strangers.get(page + there).status_code == 404
    for there in (f"{batch.pk}/", f"{batch.pk}/report/", f"{batch.pk}/documents/1/picture/", f"{batch.pk}/cancel/"):
        assert strangers.get(elsewhere + there).status_code == 404
    for act in ("approve", "start", "pause", "resume", "cancel"):
        assert strangers.post(f"{elsewhere}{batch.pk}/{act}/").status_code == 404
    form = reading.main(strangers.get(f"{elsewhere}new/?like={batch.pk}"))
    assert "checked" not in next(each for each in form.all("input", name="quiet")).attributes
    assert state(batch) == BatchState.READY
