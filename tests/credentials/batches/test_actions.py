"""What people do with a batch, alone and against each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials.actions import templates
from attesta.credentials.actions.templates import TemplateDraft
from attesta.credentials.batches import actions, opening, tasks
from attesta.credentials.batches.rules import Form, Refusal
from attesta.credentials.models import Batch, BatchState, Template, TemplateKind
from attesta.credentials.rules import Refused
from attesta.organizations.models import Organization
from attesta.vault import blobs
from attesta.vault.models import DataKey
from tests.credentials.batches import files
from tests.credentials.batches.conftest import HandIn, template_of

Acting = Callable[..., Batch]


def refused(act: Acting, batch: Batch, by: Person | None) -> str:
    """The code; and nothing was changed."""
    before = Batch.objects.values().get(pk=batch.pk), Line.objects.count()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(batch=batch, by=by)
    assert (Batch.objects.values().get(pk=batch.pk), Line.objects.count()) == before
    return str(refusal.value.code)


@pytest.fixture
def waiting(hand_in: HandIn, institution: Organization) -> Batch:
    """Three documents where two are the most that one person issues."""
    institution.approval_above = 2
    institution.save()
    return hand_in(files.pdfs(3))


@pytest.fixture
def waiting_diplomas(hand_in: HandIn, institution: Organization, diploma_template: Template) -> Batch:
    institution.approval_above = 2
    institution.save()
    return hand_in(files.diplomas(3), template=diploma_template)


def test_file_is_kept_encrypted_and_bound_to_its_batch(three_pdfs: Batch) -> None:
    assert opening.content(three_pdfs) == files.pdfs(3)
    assert three_pdfs.data_key
    with pytest.raises(blobs.Tampered):
        blobs.get(three_pdfs.blob, key=three_pdfs.data_key, context="another/batch/x")


def test_the_same_file_on_the_same_terms_is_the_same_batch(hand_in: HandIn) -> None:
    first = hand_in(files.pdfs(2))
    assert hand_in(files.pdfs(2)).pk == first.pk
    assert hand_in(files.pdfs(2), quiet=True).pk != first.pk
    actions.cancel(batch=first, by=None)
    assert hand_in(files.pdfs(2)).pk != first.pk


def test_the_name_of_the_file_comes_without_folders(institution: Organization, registrar: Person) -> None:
    def named(name: str) -> str:
        return actions.hand_in(
            issuer=institution, form=Form.ZIP, file=name.encode(), file_name=name, by=registrar
        ).file_name

    assert named("C:\\Users\\Rémi\\juin.zip") == "juin.zip"
    assert named("/tmp/a\u202eb.zip") == "ab.zip"
    assert named("x" * 300 + ".zip") == "x" * 196 + ".zip"
    assert named("/") == "batch"


@pytest.mark.parametrize(
    ("form", "file", "kind", "code"),
    [
        (Form.ZIP, b"", None, Refusal.EMPTY),
        (Form.CSV, b"x", None, Refusal.TEMPLATE_MISSING),
        (Form.PESC, b"x", TemplateKind.DIPLOMA, Refusal.TEMPLATE_NO_TRANSCRIPT),
        (Form.ZIP, b"x", TemplateKind.DIPLOMA, Refusal.TEMPLATE_NOT_NEEDED),
    ],
)
def test_what_is_not_taken(
    institution: Organization, registrar: Person, form: Form, file: bytes, kind: TemplateKind | None, code: Refusal
) -> None:
    template = template_of(institution, kind) if kind else None
    with pytest.raises(Refused) as refusal:
        actions.hand_in(issuer=institution, form=form, file=file, file_name="x", template=template, by=registrar)
    assert (refusal.value.code, Batch.objects.count(), DataKey.objects.count()) == (code, 0, 0)


def test_a_template_of_another_institution_or_out_of_use_is_refused(
    institution: Organization, other_institution: Organization, registrar: Person, diploma_template: Template
) -> None:
    diploma_template.retired_at = timezone.now()
    diploma_template.save()
    for template in (template_of(other_institution, TemplateKind.DIPLOMA), diploma_template):
        with pytest.raises(Refused) as refusal:
            actions.hand_in(
                issuer=institution, form=Form.CSV, file=b"x", file_name="x", template=template, by=registrar
            )
        assert refusal.value.code == Refusal.TEMPLATE_UNUSABLE


def test_an_organization_that_does_not_issue_hands_nothing_in(registrar: Person) -> None:
    receiver = Organization(slug="r", name_fr="R", name_en="R", contact_email="r@example.org", is_receiver=True)
    receiver.save()
    with pytest.raises(Refused) as refusal:
        actions.hand_in(issuer=receiver, form=Form.ZIP, file=b"x", file_name="x", by=registrar)
    assert refusal.value.code == Refusal.NOT_AN_ISSUER


def test_trust_23_a_batch_above_the_threshold_needs_two_people(
    waiting: Batch, registrar: Person, director: Person
) -> None:
    assert refused(actions.start, waiting, registrar) == Refusal.NEEDS_APPROVAL
    assert refused(actions.start, waiting, director) == Refusal.NEEDS_APPROVAL
    assert refused(actions.approve, waiting, registrar) == Refusal.APPROVED_BY_AUTHOR
    approved = actions.approve(batch=waiting, by=director)
    assert (approved.state, approved.approved_by) == (BatchState.READY, director)
    assert actions.start(batch=waiting, by=registrar).state == BatchState.RUNNING


@pytest.mark.parametrize("moved", [(), (actions.start,), (actions.start, actions.pause)])
def test_trust_23_what_looks_otherwise_than_when_it_was_approved_is_approved_again(
    moved: tuple[Acting, ...], waiting_diplomas: Batch, registrar: Person, director: Person
) -> None:
    actions.approve(batch=waiting_diplomas, by=director)
    for act in moved:
        act(batch=waiting_diplomas, by=registrar)
    edited(waiting_diplomas, name="Only its name")
    assert Batch.objects.get().approved_by == director
    edited(waiting_diplomas, title_fr="Doctorat")
    again = Batch.objects.get()
    assert (again.state, again.approved_by, again.approved_at) == (BatchState.WAITING, None, None)
    assert refused(actions.start, again, registrar) == refused(actions.resume, again, registrar)
    assert refused(actions.approve, again, registrar) == Refusal.APPROVED_BY_AUTHOR
    actions.approve(batch=again, by=director)
    assert actions.start(batch=again, by=registrar).state == BatchState.RUNNING


def test_trust_23_a_renamed_institution_asks_for_approval_again(waiting: Batch, director: Person) -> None:
    actions.approve(batch=waiting, by=director)
    institution = waiting.issuer
    institution.save()
    assert Batch.objects.get().approved_by == director
    institution.name_fr = "Université de l’Estuaire"
    institution.save()
    assert (Batch.objects.get().state, Batch.objects.get().approved_by) == (BatchState.WAITING, None)
    line = Line.objects.latest("id")
    assert (line.verb, line.facts["batch"]) == ("batch-approval-lost", str(waiting.pk))


def test_a_page_that_showed_another_version_changes_nothing(three_pdfs: Batch, registrar: Person) -> None:
    def stale(batch: Batch, by: Person | None) -> Batch:
        return actions.start(batch=batch, by=by, seen=three_pdfs.version - 1)

    assert refused(stale, three_pdfs, registrar) == Refusal.STALE
    assert actions.start(batch=three_pdfs, by=registrar, seen=three_pdfs.version).state == BatchState.RUNNING


def test_nothing_is_made_with_a_retired_template(waiting_diplomas: Batch, registrar: Person, director: Person) -> None:
    template = waiting_diplomas.template
    assert template
    templates.retire_template(template=template, by=None)
    assert refused(actions.approve, waiting_diplomas, director) == Refusal.TEMPLATE_RETIRED
    templates.restore_template(template=template, by=None)
    actions.approve(batch=waiting_diplomas, by=director)
    templates.retire_template(template=template, by=None)
    assert refused(actions.start, waiting_diplomas, registrar) == Refusal.TEMPLATE_RETIRED
    assert actions.cancel(batch=waiting_diplomas, by=registrar).state == BatchState.CANCELLED


def test_a_template_that_is_retired_makes_no_further_document(
    hand_in: HandIn, diploma_template: Template, registrar: Person
) -> None:
    batch = hand_in(files.diplomas(3), template=diploma_template)
    actions.start(batch=batch, by=registrar)
    assert tasks.work(1) == 1
    templates.retire_template(template=diploma_template, by=registrar)
    assert tasks.work() == 0
    batch.refresh_from_db()
    assert (batch.state, batch.issued_count) == (BatchState.PAUSED, 1)
    line = Line.objects.latest("id")
    assert (line.verb, line.actor_id, line.facts["batch"]) == ("batch-paused", registrar.pk, str(batch.pk))
    assert refused(actions.resume, batch, registrar) == Refusal.TEMPLATE_RETIRED
    templates.restore_template(template=diploma_template, by=registrar)
    actions.resume(batch=batch, by=registrar)
    assert tasks.work() == 2


def test_a_batch_that_one_person_may_issue_goes_on_when_its_template_changes(
    hand_in: HandIn, diploma_template: Template
) -> None:
    ready = hand_in(files.diplomas(1), template=diploma_template)
    edited(ready, title_fr="Doctorat")
    assert Batch.objects.get().state == BatchState.READY


def edited(batch: Batch, **changes: str) -> None:
    assert batch.template_id
    template = Template.objects.get(pk=batch.template_id)
    said = {name: getattr(template, name) for name in ("name", "title_fr", "title_en")} | changes
    templates.edit_template(
        template=template, version=template.version, draft=TemplateDraft(**said, design={}), by=None
    )


def test_trust_23_the_database_itself_refuses_the_author(waiting: Batch, registrar: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=waiting.pk).update(approved_by=registrar)


def test_trust_35_the_update_itself_names_state_and_version(waiting_diplomas: Batch, director: Person) -> None:
    """Not a sub-query's, which PostgreSQL would not look at again once a row that it waited for has changed."""
    with CaptureQueriesContext(connection) as queries:
        actions.approve(batch=waiting_diplomas, by=director, seen=waiting_diplomas.version)
    [update] = [each["sql"] for each in queries if each["sql"].startswith('UPDATE "credentials_batch"')]
    assert all(part in update for part in ('"credentials_batch"."state" IN', '"credentials_batch"."version" ='))
    assert '"id" IN (SELECT' not in update


def test_of_two_who_approve_one_does(waiting: Batch, director: Person, other_registrar: Person) -> None:
    actions.approve(batch=waiting, by=director)
    assert refused(actions.approve, waiting, other_registrar) == Refusal.NEEDS_NO_APPROVAL


def test_what_a_stale_page_asks_is_refused_by_the_state_of_now(three_pdfs: Batch, registrar: Person) -> None:
    assert refused(actions.pause, three_pdfs, registrar) == Refusal.NOT_STARTED
    actions.start(batch=three_pdfs, by=registrar)
    assert refused(actions.start, three_pdfs, registrar) == Refusal.RUNNING
    assert refused(actions.resume, three_pdfs, registrar) == Refusal.RUNNING
    actions.pause(batch=three_pdfs, by=registrar)
    assert refused(actions.start, three_pdfs, registrar) == Refusal.PAUSED
    actions.resume(batch=three_pdfs, by=registrar)
    actions.cancel(batch=three_pdfs, by=registrar)
    for act in (actions.start, actions.pause, actions.resume, actions.cancel, actions.approve):
        assert refused(act, three_pdfs, registrar) == Refusal.OVER


def test_cancelling_erases_the_file(three_pdfs: Batch, registrar: Person) -> None:
    cancelled = actions.cancel(batch=three_pdfs, by=registrar)
    assert (cancelled.state, cancelled.blob, DataKey.objects.count()) == (BatchState.CANCELLED, "", 0)
    with pytest.raises(blobs.Missing):
        opening.content(Batch.objects.get(pk=three_pdfs.pk))


def test_every_act_stands_in_the_ledger(waiting: Batch, registrar: Person, director: Person) -> None:
    actions.approve(batch=waiting, by=director)
    actions.start(batch=waiting, by=registrar)
    actions.pause(batch=waiting, by=director)
    actions.resume(batch=waiting, by=registrar)
    actions.cancel(batch=waiting, by=registrar)
    lines = Line.objects.filter(issuer_id=waiting.issuer_id).order_by("id")
    assert [(line.verb, line.actor_id) for line in lines] == [
        ("batch-handed-in", registrar.pk),
        ("batch-approved", director.pk),
        ("batch-started", registrar.pk),
        ("batch-paused", director.pk),
        ("batch-resumed", registrar.pk),
        ("batch-cancelled", registrar.pk),
    ]
    assert lines[1].facts == {"batch": str(waiting.pk), "file": "lot", "count": 3}


def test_terms_reach_the_documents(institution: Organization, registrar: Person) -> None:
    release = timezone.now() + timedelta(days=3)
    batch = actions.hand_in(
        issuer=institution,
        form=Form.ZIP,
        file=files.pdfs(1),
        file_name="x",
        quiet=True,
        release_at=release,
        by=registrar,
    )
    assert (batch.quiet, batch.release_at, batch.created_label) == (True, release, "Rémi Registraire")
