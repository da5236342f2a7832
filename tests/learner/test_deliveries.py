"""The emails of a share: what became of each, in time order, none twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.mail import composers
from attesta.mail.delivery import deliver_due
from attesta.mail.forgetting import forget_settled
from attesta.mail.models import Letter, State
from attesta.shares import actions
from attesta.shares.actions import Changes
from attesta.shares.models import Share
from tests.learner import reading
from tests.learner.conftest import ADMISSIONS, MakeShare

LINK, PIN = "Le courriel contenant le lien", "Le courriel contenant le NIP"


def page(share: Share) -> str:
    return f"/shares/{share.pk}/"


def delivery(response: Any) -> str:
    [section] = [each for each in reading.main(response).all("section") if each.has({"aria-labelledby": "delivery"})]
    return section.text


def lines(response: Any) -> list[str]:
    [section] = [each for each in reading.main(response).all("section") if each.has({"aria-labelledby": "delivery"})]
    return [line.text for line in section.all("li")]


@pytest.mark.parametrize(
    ("state", "error", "expected"),
    [
        (
            State.QUEUED,
            "",
            "En attente d’envoi Depuis le 22 mars 2024, 14:03, il est en route vers admissions@example.org.",
        ),
        (
            State.QUEUED,
            "server-busy 450",
            "En attente d’envoi Depuis le 22 mars 2024, 14:03, il est en route vers admissions@example.org. "
            "La dernière tentative a échoué, pour la raison suivante : ",
        ),
        (
            State.SENT,
            "",
            "Envoyé Le 22 mars 2024, 14:03, le serveur de courriel de admissions@example.org l’a accepté.",
        ),
        (
            State.DEAD,
            "mailbox-unknown 550",
            "Non remis Le 22 mars 2024, 14:03, nous avons renoncé à le remettre à admissions@example.org, pour "
            "la raison suivante : Cette boîte de courriel n’existe pas.",
        ),
    ],
)
def test_delivery_tells_what_became_of_the_email(
    state: State, error: str, expected: str, spring: time_machine.Traveller, share_of: MakeShare, browser: Client
) -> None:
    share = share_of(recipients=[ADMISSIONS])
    settled = None if state == State.QUEUED else timezone.now()
    letter = Letter.objects.filter(subject_id=share.pk)
    letter.update(state=state, last_error=error, settled_at=settled, **({"due_at": None} if settled else {}))
    said = delivery(browser.get(page(share)))
    assert said.startswith(f"Courriels au destinataire Le courriel contenant le lien {expected}")
    assert (said.endswith("Renvoyer le courriel")) == (state == State.DEAD)


@pytest.mark.parametrize(("state", "error"), [(State.SENT, ""), (State.DEAD, "mailbox-unknown 550")])
def test_what_became_of_the_email_is_told_after_its_letter_is_forgotten(
    state: State, error: str, spring: time_machine.Traveller, share_of: MakeShare, browser: Client
) -> None:
    share = share_of(recipients=[ADMISSIONS])
    letters = Letter.objects.filter(subject_id=share.pk)
    letters.update(state=state, last_error=error, settled_at=timezone.now(), due_at=None)
    composers.of(letters.get().kind).settled(letters.get(), at=timezone.now())
    kept = delivery(browser.get(page(share)))
    spring.shift(timedelta(days=91))
    browser.force_login(share.owner)  # the session of spring is over
    assert forget_settled(now=timezone.now()) == 1
    assert kept == delivery(browser.get(page(share)))
    assert "22 mars 2024, 14:03" in kept or "Cette boîte de courriel n’existe pas." in kept


def disabled(share: Share, by: Person) -> None:
    actions.disable(share=share, by=by)
    deliver_due(now=timezone.now())


def expired(share: Share, by: Person) -> None:
    Share.objects.filter(pk=share.pk).update(expires_at=timezone.now())
    deliver_due(now=timezone.now())


def used_up(share: Share, by: Person) -> None:
    Share.objects.filter(pk=share.pk).update(
        max_consultations=1, granted_at_once=1, consultations=1, last_consulted_at=timezone.now()
    )
    deliver_due(now=timezone.now())


def resent(share: Share, by: Person) -> None:
    actions.resend(share=share, by=by)


def renewed(share: Share, by: Person) -> None:
    actions.renew_link(share=share, by=by)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (disabled, "le partage était désactivé"),
        (expired, "le lien était expiré"),
        (used_up, "la limite de consultations était atteinte"),
        (resent, "un plus récent l’a remplacé"),
        (renewed, "vous avez renouvelé le lien"),
    ],
)
def test_why_an_email_was_not_sent_is_told(
    act: Callable[[Share, Person], None],
    why: str,
    spring: time_machine.Traveller,
    share_of: MakeShare,
    browser: Client,
    zoe: Person,
) -> None:
    share = share_of(recipients=[ADMISSIONS])
    spring.shift(timedelta(minutes=5))
    act(share, zoe)
    said = lines(browser.get(page(share)))
    assert said[-1] == f"{LINK} Retiré Il n’a pas été envoyé : le 22 mars 2024, 14:08, {why}."
    waiting = f"{LINK} En attente d’envoi Depuis le 22 mars 2024, 14:08, il est en route vers {ADMISSIONS}."
    assert said[:-1] == ([waiting] if act in (resent, renewed) else [])


@pytest.mark.parametrize(("pin", "why"), [("8642", "vous avez changé le NIP"), ("", "le partage n’avait plus de NIP")])
def test_why_a_pin_was_not_sent_is_told(
    pin: str, why: str, spring: time_machine.Traveller, share_of: MakeShare, browser: Client, zoe: Person
) -> None:
    share = share_of(recipients=[ADMISSIONS], pin="2468")
    actions.edit(share=share, by=zoe, version=1, changes=Changes("Partage01", "", "", pin, None))
    Letter.objects.filter(kind="shares.invitation").delete()
    deliver_due(now=timezone.now())
    assert f"{PIN} Retiré Il n’a pas été envoyé : le 22 mars 2024, 14:03, {why}." in lines(browser.get(page(share)))


def test_an_email_that_waits_while_the_share_is_closed_promises_nothing(
    spring: time_machine.Traveller, share_of: MakeShare, browser: Client, zoe: Person
) -> None:
    share = share_of(recipients=[ADMISSIONS])
    Letter.objects.update(last_error="server-busy 450")
    actions.disable(share=share, by=zoe)
    [said] = lines(browser.get(page(share)))
    assert said.endswith("Il n’est pas envoyé tant que le partage ne peut pas être ouvert.")
    assert "Nous réessayons" not in said


def test_letters_and_what_is_told_of_forgotten_ones_stand_in_time_order_and_none_twice(
    spring: time_machine.Traveller, share_of: MakeShare, browser: Client, zoe: Person
) -> None:
    share = share_of(recipients=[ADMISSIONS], pin="2468")
    for letter in Letter.objects.filter(subject_id=share.pk):
        settle(letter, State.SENT)
    spring.shift(timedelta(days=91))
    browser.force_login(zoe)  # the session of spring is over
    before = lines(browser.get(page(share)))
    forget_settled(now=timezone.now(), limit=1)
    assert lines(browser.get(page(share))) == before and len(before) == 2
    forget_settled(now=timezone.now())
    actions.edit(share=share, by=zoe, version=1, changes=Changes("Partage01", "", "", "8642", None))
    after = lines(browser.get(page(share)))
    assert [line[: len(PIN)] for line in after] == [PIN, before[0][: len(PIN)], before[1][: len(PIN)]]
    assert after[1:] == before and "En attente d’envoi Depuis le 21 juin 2024" in after[0]


def test_only_the_newest_email_is_offered_again(share_of: MakeShare, browser: Client, zoe: Person) -> None:
    share = share_of(recipients=[ADMISSIONS])
    settle(Letter.objects.get(subject_id=share.pk), State.DEAD, "mailbox-full 552")
    actions.resend(share=share, by=zoe)
    assert ["Renvoyer" in line for line in lines(browser.get(page(share)))] == [False, False]
    settle(Letter.objects.get(subject_id=share.pk, state=State.QUEUED), State.DEAD, "mailbox-full 552")
    assert ["Renvoyer" in line for line in lines(browser.get(page(share)))] == [True, False]


def settle(letter: Letter, state: State, error: str = "") -> None:
    """As the worker does."""
    at = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(state=state, last_error=error, settled_at=at, due_at=None)
    letter.refresh_from_db()
    composers.of(letter.kind).settled(letter, at=at)
