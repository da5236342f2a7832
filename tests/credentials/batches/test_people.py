"""Whoever answers for a batch may leave in the midst of it: it is paused, and a colleague goes on with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials.batches import actions, tasks
from attesta.credentials.batches.rules import Refusal
from attesta.credentials.models import Batch, BatchState
from attesta.credentials.rules import Refused
from attesta.organizations import actions as organizations
from attesta.organizations.models import Membership, Organization, Role
from attesta.web import sentences
from tests.credentials.batches import files
from tests.credentials.batches.conftest import HandIn


def removed(person: Person) -> None:
    organizations.remove(membership=Membership.objects.get(person=person), by=None)


def reads(person: Person) -> None:
    organizations.change_role(membership=Membership.objects.get(person=person), role=Role.READER, by=None)


def closed(person: Person) -> None:
    person.is_active = False
    person.save()


def refused(act: Callable[[], Batch]) -> str:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    return str(refusal.value.code)


@pytest.fixture(params=[removed, reads, closed])
def leaves(request: pytest.FixtureRequest) -> Callable[[Person], None]:
    """The ways in which someone stops issuing for the institution."""
    way: Callable[[Person], None] = request.param
    return way


def test_a_batch_whose_author_leaves_is_paused_and_says_why(
    three_pdfs: Batch, registrar: Person, director: Person, leaves: Callable[[Person], None]
) -> None:
    actions.start(batch=three_pdfs, by=registrar)
    tasks.work(1)
    leaves(registrar)
    tasks.work()
    batch = Batch.objects.get()
    assert (batch.state, batch.issued_count) == (BatchState.PAUSED, 1)
    line = Line.objects.get(verb="batch-left")
    assert sentences.sentence(line) == (
        "L’émission du lot lot a été suspendue, parce que Rémi Registraire ne peut plus émettre pour l’établissement"
    )
    actions.resume(batch=batch, by=director)
    while tasks.work():
        pass
    issued = Line.objects.filter(verb="issued").order_by("id").values_list("actor_id", flat=True)
    assert list(issued) == [registrar.pk, director.pk, director.pk]


def test_a_batch_whose_starter_leaves_is_paused_too(three_pdfs: Batch, director: Person) -> None:
    actions.start(batch=three_pdfs, by=director)
    organizations.remove(membership=Membership.objects.get(person=director), by=None)
    assert Batch.objects.get().state == BatchState.PAUSED


def test_what_others_answer_for_goes_on(three_pdfs: Batch, registrar: Person, director: Person) -> None:
    actions.start(batch=three_pdfs, by=registrar)
    reads(director)
    removed(director)
    organizations.change_role(membership=Membership.objects.get(person=registrar), role="administrator", by=None)
    registrar.save()
    assert Batch.objects.get().state == BatchState.RUNNING


def test_trust_23_a_batch_that_waits_is_taken_over_and_approved_by_another(
    hand_in: HandIn,
    institution: Organization,
    registrar: Person,
    director: Person,
    leaves: Callable[[Person], None],
    zoe: Person,
) -> None:
    Organization.objects.filter(pk=institution.pk).update(approval_above=2)
    waiting = hand_in(files.pdfs(3))
    assert refused(lambda: actions.take_over(batch=waiting, by=director)) == Refusal.AUTHOR_THERE
    leaves(registrar)
    assert refused(lambda: actions.approve(batch=waiting, by=director)) == Refusal.AUTHOR_AWAY
    taken = actions.take_over(batch=waiting, by=director)
    assert (taken.state, taken.created_by, taken.created_label) == (BatchState.WAITING, director, "Rémi Registraire")
    assert refused(lambda: actions.approve(batch=waiting, by=director)) == Refusal.APPROVED_BY_AUTHOR
    assert actions.approve(batch=waiting, by=zoe).state == BatchState.READY
    assert refused(lambda: actions.take_over(batch=waiting, by=zoe)) == Refusal.NEEDS_NO_APPROVAL
    verbs = list(Line.objects.filter(verb__startswith="batch").order_by("id").values_list("verb", flat=True))
    assert verbs == ["batch-handed-in", "batch-taken-over", "batch-approved"]
