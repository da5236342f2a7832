"""Administrators decide who acts for the institution, and in which role."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from attesta.accounts.models import Person
from attesta.accounts.rules import RECENT
from attesta.organizations import actions
from attesta.organizations.models import Invitation, Organization, Role
from tests.harness import cast
from tests.issuer.conftest import signed_in_at, with_factor
from tests.learner import reading

NEW = "nadia@fleuve.example"


@pytest.fixture
def members(desk: str) -> str:
    return f"{desk}members/"


def invited(institution: Organization, email: str = NEW) -> Invitation:
    made = actions.invite(organization=institution, email=email, role=Role.READER, by=None)
    assert isinstance(made, Invitation)
    return made


def roles(institution: Organization) -> dict[str, str]:
    return dict(institution.memberships.values_list("person__email", "role"))


def test_the_list_says_who_acts_and_how_safely(
    administrators: Client, registrar: Person, institution: Organization, members: str
) -> None:
    invited(institution)
    answer = administrators.get(members)
    assert reading.heads(answer, "Membres")[:4] == ["Nom", "Rôle", "Second facteur", "Dernière connexion"]
    rows = reading.rows(answer, "Membres")
    assert [row[0] for row in rows] == ["Adele (vous) adele@example.org", "Rémi Registraire registrar@example.org"]
    assert [row[1:4] for row in rows][1] == ["Émission", "Non", "S. O."]
    assert rows[0][2] == "Oui"
    assert [row[:3] for row in reading.rows(answer, "Invitations")] == [[NEW, "Consultation", "S. O."]]


def test_the_list_costs_the_same_at_any_length(
    administrators: Client, institution: Organization, members: str, django_assert_num_queries: Any
) -> None:
    administrators.get(members)
    for email in ("n1@fleuve.example", "n2@fleuve.example", "n3@fleuve.example"):
        invited(institution, email)
        cast.registrar(institution, f"member-{email}")
        with django_assert_num_queries(5):
            assert administrators.get(members).status_code == 200


def test_readers_see_who_acts_and_nothing_private(
    readers: Client, registrar: Person, institution: Organization, members: str
) -> None:
    invited(institution)
    answer = readers.get(members)
    assert reading.heads(answer, "Membres") == ["Nom", "Rôle"]
    assert NEW not in answer.content.decode()
    assert not reading.buttons(answer)


def test_someone_new_is_invited(administrators: Client, institution: Organization, members: str) -> None:
    answer = administrators.post(f"{members}invite/", {"email": "Nadia@Fleuve.example", "role": "issuer"}, follow=True)
    assert reading.messages(answer) == [
        f"Une invitation est en route vers {NEW}. Le rôle comptera dès que cette adresse sera confirmée."
    ]
    assert [(each.email, each.role) for each in institution.invitations.all()] == [(NEW, "issuer")]


def test_someone_known_acts_at_once(
    administrators: Client, institution: Organization, alex: Person, members: str
) -> None:
    answer = administrators.post(f"{members}invite/", {"email": alex.email, "role": "reader"}, follow=True)
    assert reading.messages(answer) == [
        "Alex Tremblay avait déjà un compte et agit désormais au nom de l’établissement."
    ]
    assert roles(institution)["alex@example.org"] == "reader"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "", "role": "reader"}, "Ce champ est obligatoire."),
        ({"email": "nadia", "role": "reader"}, "Saisissez une adresse de courriel valide."),
        ({"email": NEW, "role": ""}, "Ce champ est obligatoire."),
        ({"email": NEW, "role": "owner"}, "Sélectionnez un choix valide. owner n’en fait pas partie."),
        ({"email": "registrar@example.org", "role": "reader"}, "Cette personne agit déjà au nom de l’établissement."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    administrators: Client, registrar: Person, institution: Organization, members: str, typed: dict[str, str], said: str
) -> None:
    answer = administrators.post(f"{members}invite/", typed)
    assert answer.status_code == 200
    assert said in reading.main(answer).text
    assert not institution.invitations.exists()
    if typed["email"]:
        assert typed["email"] in answer.content.decode()


def test_a_role_is_changed(administrators: Client, registrar: Person, institution: Organization, members: str) -> None:
    page = f"{members}{registrar.pk}/role/"
    assert "Rôle de Rémi Registraire" in reading.main(administrators.get(page)).text
    answer = administrators.post(page, {"role": "administrator", "before": "issuer"}, follow=True)
    assert reading.messages(answer) == ["Le rôle de Rémi Registraire est enregistré."]
    assert roles(institution)[registrar.email] == "administrator"


def test_trust_35_a_stale_page_changes_no_role(
    administrators: Client, registrar: Person, institution: Organization, members: str
) -> None:
    institution.memberships.filter(person=registrar).update(role=Role.READER)
    answer = administrators.post(f"{members}{registrar.pk}/role/", {"role": "administrator", "before": "issuer"})
    assert "Quelqu’un d’autre l’a modifié entre-temps." in reading.main(answer).text
    assert roles(institution)[registrar.email] == "reader"


def test_a_member_is_removed_after_a_question(
    administrators: Client, registrar: Person, registrars: Client, institution: Organization, desk: str, members: str
) -> None:
    page = f"{members}{registrar.pk}/remove/"
    assert reading.buttons(administrators.get(page))
    assert roles(institution)[registrar.email] == "issuer"
    assert registrars.get(desk).status_code == 200
    administrators.post(page)
    assert registrar.email not in roles(institution)
    assert registrars.get(desk).status_code == 404


def test_nobody_lowers_or_removes_themselves(administrators: Client, institution: Organization, members: str) -> None:
    own = institution.memberships.get().person_id
    answer = administrators.post(f"{members}{own}/role/", {"role": "reader", "before": "administrator"})
    assert "Personne ne modifie son propre rôle." in reading.main(answer).text
    administrators.post(f"{members}{own}/remove/")
    assert roles(institution) == {"adele@example.org": "administrator"}


def test_an_invitation_is_sent_again_and_withdrawn(
    administrators: Client, institution: Organization, members: str
) -> None:
    invitation = invited(institution)
    answer = administrators.post(f"{members}invitations/{invitation.pk}/resend/", follow=True)
    assert reading.messages(answer) == [f"L’invitation est de nouveau en route vers {NEW}."]
    page = f"{members}invitations/{invitation.pk}/withdraw/"
    assert administrators.get(page).status_code == 200
    assert institution.invitations.exists()
    administrators.post(page)
    assert not institution.invitations.exists()
    assert administrators.post(page).status_code == 404


def test_one_invitation_too_many_is_refused_in_words_and_kept(
    administrators: Client, institution: Organization, members: str
) -> None:
    typed = {"email": NEW, "role": "issuer"}
    for _ in range(10):
        administrators.post(f"{members}invite/", typed)
        administrators.post(f"{members}invitations/{institution.invitations.get().pk}/withdraw/")
    answer = administrators.post(f"{members}invite/", typed)
    said = "Dix courriels sont partis vers cette adresse en 24 heures. Rien n’a été modifié; réessayez demain."
    assert said in reading.main(answer).text
    kept = reading.main(answer)
    assert next(kept.all("input", name="email")).attributes["value"] == NEW
    assert [each.attributes["value"] for each in kept.all("input", checked="")] == ["issuer"]
    assert not institution.invitations.exists()


def test_trust_17_only_administrators_decide(
    registrars: Client, readers: Client, institution: Organization, registrar: Person, members: str
) -> None:
    invitation = invited(institution)
    for browser in (registrars, readers):
        for page in (
            "invite/",
            f"{registrar.pk}/role/",
            f"{registrar.pk}/remove/",
            f"invitations/{invitation.pk}/resend/",
            f"invitations/{invitation.pk}/withdraw/",
        ):
            answer = browser.post(
                members + page, {"email": "x@example.org", "role": "administrator", "before": "issuer"}
            )
            assert (page, answer.status_code) == (page, 403)
    assert sorted(roles(institution).values()) == ["issuer", "reader"]
    assert institution.invitations.count() == 1


def test_trust_20_deciding_needs_a_recent_sign_in(institution: Organization, alex: Person, members: str) -> None:
    actions.add_member(organization=institution, person=alex, role=Role.ADMINISTRATOR)
    browser = signed_in_at(with_factor(alex), time.time() - RECENT - 5)
    assert browser.get(members).status_code == 200
    answer = browser.post(f"{members}invite/", {"email": NEW, "role": "administrator"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    assert not institution.invitations.exists()


def test_the_stranger_finds_nothing(
    strangers: Client, institution: Organization, registrar: Person, members: str
) -> None:
    invitation = invited(institution)
    for page in ("", "invite/", f"{registrar.pk}/role/", f"invitations/{invitation.pk}/withdraw/"):
        assert strangers.get(members + page).status_code == 404


def test_trust_23_the_threshold_is_the_institution_s_choice(
    administrators: Client, registrars: Client, institution: Organization, members: str
) -> None:
    page = f"{members}approval/"
    assert registrars.post(page, {"above": "5000"}).status_code == 403
    assert "Choisissez" not in reading.main(administrators.get(page)).text
    assert list(reading.main(administrators.post(page, {"above": "-1"})).all("p", class_="field-error"))
    answer = administrators.post(page, {"above": "20", "before": "100-"}, follow=True)
    assert "Un lot de plus de 20 documents" in reading.main(answer).text
    institution.refresh_from_db()
    assert institution.approval_above == 20


def test_trust_23_a_higher_threshold_is_announced_and_can_be_kept_away(
    administrators: Client, readers: Client, institution: Organization, members: str
) -> None:
    page = f"{members}approval/"
    answer = administrators.post(page, {"above": "5000", "before": "100-"}, follow=True)
    assert "5 000 compte à partir du" in reading.messages(answer)[0]
    assert "Un lot de plus de 100 documents" in reading.main(answer).text
    assert [words.startswith("5 000 documents à partir du") for words in reading.notices(readers.get(members))] == [
        True
    ]
    assert "Garder 100" not in reading.buttons(readers.get(members))
    assert reading.buttons(answer)["Garder 100"] == page
    answer = administrators.post(page, {"above": "100", "before": "100-5000"}, follow=True)
    assert reading.notices(answer) == []


def test_trust_35_a_stale_page_changes_no_threshold(
    administrators: Client, institution: Organization, members: str
) -> None:
    page = f"{members}approval/"
    actions.change_approval(organization=institution, above=50, by=None)
    answer = administrators.post(page, {"above": "80", "before": "100-"})
    assert "Quelqu’un d’autre l’a modifié entre-temps." in reading.main(answer).text
    assert 'value="50-"' in answer.content.decode()  # whoever saves once more has seen it
    institution.refresh_from_db()
    assert (institution.most_alone, institution.rising_to) == (50, None)
