"""Who joins, who leaves, and what the letters say."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone

from attesta.accounts import actions as accounts
from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.mail import composers
from attesta.mail.models import Letter, State
from attesta.organizations import actions
from attesta.organizations.models import Invitation, Membership, Organization, Role
from attesta.organizations.rules import Refusal, Refused
from tests.harness import cast
from tests.harness.server import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "nadia@fleuve.example"


@pytest.fixture
def administrator(institution: Organization) -> Person:
    ada = cast.person("ada@fleuve.example", name="Ada Ministre", language="fr")
    return actions.add_member(organization=institution, person=ada, role=Role.ADMINISTRATOR).person


def told(organization: Organization) -> list[tuple[str, str, object]]:
    lines = Line.objects.filter(issuer_id=organization.pk, verb__contains="-").order_by("id")
    return [(line.verb, line.recipient_label, line.facts.get("role")) for line in lines]


def roles(organization: Organization) -> dict[str, str]:
    return dict(organization.memberships.values_list("person__email", "role"))


def test_a_proved_mailbox_is_a_member_at_once(institution: Organization, administrator: Person, alex: Person) -> None:
    made = actions.invite(organization=institution, email=" Alex@Example.org ", role="issuer", by=administrator)
    assert isinstance(made, Membership)
    assert roles(institution) == {"ada@fleuve.example": "administrator", "alex@example.org": "issuer"}
    assert told(institution) == [("member-added", "Alex Tremblay", "issuer")]
    letter = Letter.objects.get()
    written = composers.compose(letter)
    assert written and (letter.to, written.subject) == ("alex@example.org", "You now act for River University")
    assert "/issuer/universite-du-fleuve/" in written.text


def test_an_unknown_mailbox_is_invited_in_both_languages(institution: Organization, administrator: Person) -> None:
    made = actions.invite(organization=institution, email=NEW, role="reader", by=administrator)
    assert isinstance(made, Invitation)
    assert told(institution) == [("member-invited", NEW, "reader")]
    letter = Letter.objects.get()
    written = composers.compose(letter)
    assert written and letter.to == NEW
    assert written.subject == (
        "Université du Fleuve vous invite à agir en son nom / River University invites you to act for it"
    )
    text = " ".join(written.text.split())
    assert "avec ce rôle : consultation." in text
    assert "on Attesta, in this role: reader." in text


def test_an_unproved_sign_up_is_nobody_yet(institution: Organization, administrator: Person) -> None:
    """Whoever typed the address first has proved nothing."""
    squatter = Person.objects.create_user(NEW, PASSWORD)
    EmailAddress.objects.create(user=squatter, email=NEW, verified=False, primary=True)
    made = actions.invite(organization=institution, email=NEW, role="administrator", by=administrator)
    assert isinstance(made, Invitation)
    assert roles(institution) == {"ada@fleuve.example": "administrator"}


def test_proving_the_mailbox_takes_the_invitation_up(institution: Organization, administrator: Person) -> None:
    actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)
    nadia = accounts.create(email=NEW, name="Nadia Neuve", language="fr")
    assert roles(institution)[NEW] == "issuer"
    assert not Invitation.objects.exists()
    assert told(institution)[-1] == ("member-joined", str(nadia), "issuer")
    assert Letter.objects.get().state == State.WITHDRAWN


def test_signing_in_takes_up_what_was_written_meanwhile(institution: Organization, zoe: Person) -> None:
    Invitation.objects.create(organization=institution, email=zoe.email, role=Role.READER)
    assert [str(each.role) for each in actions.claim_all(person=zoe)] == ["reader"]
    assert actions.claim_all(person=zoe) == []


def test_an_invitation_is_good_for_thirty_days(institution: Organization, administrator: Person) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        late = actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)
    assert composers.compose(Letter.objects.get()) is None
    accounts.create(email=NEW, name="Nadia Neuve", language="fr")
    assert NEW not in roles(institution)
    assert isinstance(late, Invitation)
    actions.invite_again(invitation=late, by=administrator)
    assert [each.role for each in actions.claim(person=Person.objects.get(email=NEW), email=NEW)] == ["issuer"]


def test_an_invitation_never_lowers_a_member(institution: Organization, administrator: Person) -> None:
    Invitation.objects.create(organization=institution, email=administrator.email, role=Role.READER)
    assert actions.claim_all(person=administrator) == []
    assert roles(institution) == {"ada@fleuve.example": "administrator"}
    assert not Invitation.objects.exists()


def test_inviting_again_replaces_the_role_and_is_bounded(institution: Organization, administrator: Person) -> None:
    for role in ("reader", "issuer", "reader", "issuer", "reader"):
        actions.invite(organization=institution, email=NEW, role=role, by=administrator)
    invitation = Invitation.objects.get()
    assert invitation.role == "reader"
    with pytest.raises(Refused) as refusal:
        actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)
    assert refusal.value.code == Refusal.TOO_OFTEN
    with pytest.raises(Refused) as refusal:
        actions.invite_again(invitation=invitation, by=administrator)
    assert refusal.value.code == Refusal.TOO_OFTEN
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["queued", *["withdrawn"] * 4]


def test_withdrawing_and_inviting_again_gives_no_more_letters_a_day(
    institution: Organization, other_institution: Organization, administrator: Person
) -> None:
    for _ in range(10):
        invitation = actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)
        assert isinstance(invitation, Invitation)
        actions.withdraw(invitation=invitation, by=administrator)
    with pytest.raises(Refused) as refusal:
        actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)
    assert refusal.value.code == Refusal.TOO_OFTEN_TODAY
    assert not Invitation.objects.exists()
    actions.invite(organization=institution, email="other@fleuve.example", role="issuer", by=administrator)
    actions.invite(organization=other_institution, email=NEW, role="issuer", by=None)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)


def test_adding_and_removing_someone_gives_no_more_letters_a_day(
    institution: Organization, administrator: Person, alex: Person
) -> None:
    for _ in range(10):
        membership = actions.invite(organization=institution, email=alex.email, role="issuer", by=administrator)
        assert isinstance(membership, Membership)
        actions.remove(membership=membership, by=administrator)
    with pytest.raises(Refused) as refusal:
        actions.invite(organization=institution, email=alex.email, role="issuer", by=administrator)
    assert refusal.value.code == Refusal.TOO_OFTEN_TODAY
    assert alex.email not in roles(institution)


def test_an_institution_invites_so_often_a_day(institution: Organization, administrator: Person) -> None:
    actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)
    first = Letter.objects.get()
    copies = [one_more(first, number) for number in range(199)]
    Letter.objects.bulk_create(copies)
    with pytest.raises(Refused) as refusal:
        actions.invite(organization=institution, email="other@fleuve.example", role="issuer", by=administrator)
    assert refusal.value.code == Refusal.TOO_MANY_TODAY
    by_command = actions.invite(organization=institution, email="other@fleuve.example", role="administrator", by=None)
    assert by_command.role == "administrator"


def one_more(letter: Letter, number: int) -> Letter:
    """The letter of one more invitation, to someone else."""
    return Letter(
        kind=letter.kind,
        subject_id=uuid4(),
        to=f"{number}@fleuve.example",
        language="fr",
        facts=letter.facts,
        message_id=f"<{number}>",
        due_at=letter.due_at,
        created_at=letter.created_at,
    )


def test_withdrawing_leaves_no_way_in(institution: Organization, administrator: Person) -> None:
    invitation = actions.invite(organization=institution, email=NEW, role="issuer", by=administrator)
    assert isinstance(invitation, Invitation)
    actions.withdraw(invitation=invitation, by=administrator)
    with pytest.raises(Refused):
        actions.withdraw(invitation=invitation, by=administrator)
    accounts.create(email=NEW, name="Nadia Neuve", language="fr")
    assert NEW not in roles(institution)
    assert told(institution)[-1] == ("invitation-withdrawn", NEW, "issuer")


@pytest.mark.parametrize("email", ["", "nadia", "nadia@", "a b@fleuve.example", f"{'n' * 250}@fleuve.example"])
def test_an_address_that_is_none_is_refused(institution: Organization, administrator: Person, email: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.invite(organization=institution, email=email, role="reader", by=administrator)
    assert refusal.value.code == Refusal.EMAIL_INVALID
    assert not Letter.objects.exists()


def test_members_are_not_invited_twice(institution: Organization, administrator: Person, registrar: Person) -> None:
    with pytest.raises(Refused) as refusal:
        actions.invite(organization=institution, email=registrar.email, role="administrator", by=administrator)
    assert refusal.value.code == Refusal.ALREADY_A_MEMBER
    assert roles(institution)[registrar.email] == "issuer"


def test_a_role_changes_and_its_owner_is_told(
    institution: Organization, administrator: Person, registrar: Person
) -> None:
    membership = institution.memberships.get(person=registrar)
    actions.change_role(membership=membership, role="administrator", by=administrator, before="issuer")
    assert told(institution) == [("role-changed", "Rémi Registraire", ["issuer", "administrator"])]
    written = composers.compose(Letter.objects.get())
    assert written and "votre rôle dans Attesta est désormais : administration" in " ".join(written.text.split())
    with pytest.raises(Refused) as refusal:
        actions.change_role(membership=membership, role="reader", by=administrator, before="issuer")
    assert refusal.value.code == Refusal.NO_LONGER_THERE


def test_whoever_is_removed_may_nothing_and_is_told(
    institution: Organization, administrator: Person, registrar: Person
) -> None:
    membership = institution.memberships.get(person=registrar)
    actions.remove(membership=membership, by=administrator)
    assert actions.role_of(registrar, institution) == ""
    assert told(institution) == [("member-removed", "Rémi Registraire", "issuer")]
    written = composers.compose(Letter.objects.get())
    assert written and "Vous n’agissez plus au nom de" in written.subject
    with pytest.raises(Refused):
        actions.remove(membership=membership, by=administrator)


def test_the_last_administrator_stays(institution: Organization, administrator: Person) -> None:
    membership = institution.memberships.get(person=administrator)
    for act in (
        lambda: actions.change_role(membership=membership, role="issuer", by=None),
        lambda: actions.remove(membership=membership, by=None),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == Refusal.LAST_ADMINISTRATOR
    assert not Line.objects.filter(issuer_id=institution.pk).exists()


def test_nobody_changes_their_own_role(institution: Organization, administrator: Person, registrar: Person) -> None:
    actions.change_role(membership=institution.memberships.get(person=registrar), role="administrator", by=None)
    own = institution.memberships.get(person=administrator)
    for act in (
        lambda: actions.change_role(membership=own, role="issuer", by=administrator),
        lambda: actions.remove(membership=own, by=administrator),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == Refusal.OWN_ROLE


def test_trust_17_only_administrators_of_this_institution_decide(
    institution: Organization,
    other_institution: Organization,
    administrator: Person,
    registrar: Person,
    other_registrar: Person,
) -> None:
    actions.change_role(membership=other_institution.memberships.get(), role="administrator", by=None)
    membership = institution.memberships.get(person=administrator)
    invitation = Invitation.objects.create(organization=institution, email=NEW)
    for stranger in (registrar, other_registrar):
        for act in (
            lambda by: actions.invite(organization=institution, email=by.email, role="administrator", by=by),
            lambda by: actions.invite_again(invitation=invitation, by=by),
            lambda by: actions.withdraw(invitation=invitation, by=by),
            lambda by: actions.change_role(membership=membership, role="reader", by=by),
            lambda by: actions.remove(membership=membership, by=by),
        ):
            with pytest.raises(Refused) as refusal:
                act(stranger)
            assert refusal.value.code == Refusal.NOT_ALLOWED
    assert roles(institution) == {"ada@fleuve.example": "administrator", "registrar@example.org": "issuer"}


def test_trust_23_a_higher_threshold_waits_three_days_and_is_told(
    institution: Organization, administrator: Person, alex: Person
) -> None:
    actions.add_member(organization=institution, person=alex, role=Role.ADMINISTRATOR)
    now = timezone.now()
    raised = actions.change_approval(organization=institution, above=5000, by=administrator)
    actions.change_approval(organization=institution, above=5000, by=administrator)
    assert raised.approval_rises_at
    assert (raised.alone_at(now), raised.rising_to) == (100, 5000)
    assert raised.alone_at(raised.approval_rises_at - timedelta(seconds=1)) == 100
    assert raised.approval_rises_at - now >= timedelta(days=3)
    assert raised.alone_at(raised.approval_rises_at) == 5000
    line = Line.objects.filter(issuer_id=institution.pk).get()
    assert (line.verb, line.facts["above"]) == ("approval-rising", [100, 5000])
    letter = Letter.objects.get()
    written = composers.compose(letter)
    assert written and letter.to == alex.email
    assert written.subject == "River University: soon one person may issue 5,000 documents at once"
    assert "Ada Ministre decided it for River University." in " ".join(written.text.split())


def test_trust_23_another_administrator_keeps_the_threshold(
    institution: Organization, administrator: Person, alex: Person
) -> None:
    actions.add_member(organization=institution, person=alex, role=Role.ADMINISTRATOR)
    actions.change_approval(organization=institution, above=5000, by=administrator)
    kept = actions.change_approval(organization=institution, above=100, by=alex)
    assert (kept.alone_at(timezone.now() + timedelta(days=9)), kept.rising_to) == (100, None)
    assert [line.facts["above"] for line in Line.objects.filter(verb="approval-kept")] == [[5000, 100]]
    assert Letter.objects.get().state == State.WITHDRAWN
    lowered = actions.change_approval(organization=institution, above=10, by=alex)
    assert lowered.alone_at(timezone.now()) == 10


def test_a_threshold_that_has_risen_is_the_one_that_counts(institution: Organization, administrator: Person) -> None:
    """An administrator alone: the institution's own mailbox is told."""
    with time_machine.travel(timezone.now() - timedelta(days=3, minutes=1)):
        actions.change_approval(organization=institution, above=300, by=administrator)
    assert Letter.objects.get().to == institution.contact_email
    assert composers.compose(Letter.objects.get()) is None
    institution.refresh_from_db()
    assert (institution.most_alone, institution.rising_to) == (300, None)
    again = actions.change_approval(organization=institution, above=400, by=administrator)
    assert (again.most_alone, again.rising_to) == (300, 400)


def test_the_threshold_is_chosen_by_administrators_and_told(
    institution: Organization, administrator: Person, registrar: Person
) -> None:
    assert actions.change_approval(organization=institution, above=20, by=administrator).approval_above == 20
    actions.change_approval(organization=institution, above=20, by=administrator)
    institution.refresh_from_db()
    assert institution.approval_above == 20
    lines = Line.objects.filter(issuer_id=institution.pk)
    assert [(line.verb, line.facts) for line in lines] == [("approval-changed", {"above": [100, 20]})]
    for above, by, code in (
        (-1, administrator, Refusal.THRESHOLD_INVALID),
        (20_001, administrator, Refusal.THRESHOLD_INVALID),
        (5000, registrar, Refusal.NOT_ALLOWED),
    ):
        with pytest.raises(Refused) as refusal:
            actions.change_approval(organization=institution, above=above, by=by)
        assert refusal.value.code == code


def test_operators_invite_the_first_administrator_by_command(institution: Organization, alex: Person) -> None:
    out = StringIO()
    call_command("invite-member", institution.slug, NEW, stdout=out)
    call_command("invite-member", institution.slug, alex.email, "--role", "reader", stdout=out)
    assert out.getvalue().splitlines() == [
        f"{NEW} was invited to act for {institution.slug}: administrator. A letter says so.",
        f"{alex.email} acts for {institution.slug}: reader. A letter says so.",
    ]
    assert told(institution) == [("member-invited", NEW, "administrator"), ("member-added", "Alex Tremblay", "reader")]
    assert Letter.objects.filter(state=State.QUEUED).count() == 2
    with pytest.raises(CommandError, match=r"^This person already acts for the institution\."):
        call_command("invite-member", institution.slug, alex.email)
    with pytest.raises(CommandError, match=r"^There is no institution nowhere\. Nothing was changed\.$"):
        call_command("invite-member", "nowhere", NEW)
