"""Editing a share (guide steps 05 and 06): five fields, nothing saved until Save, never over a newer version."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.shares import actions, tokens
from attesta.shares.models import Share
from tests.learner import reading
from tests.learner.conftest import ADMISSIONS, MakeShare

TORONTO = ZoneInfo("America/Toronto")


def page(share: Share) -> str:
    return f"/shares/{share.pk}/edit/"


def typed(share: Share, **changes: str) -> dict[str, str]:
    """The form as it stands, with ``changes``."""
    share.refresh_from_db()
    values = {"version": str(share.version), "name": share.name, "purpose": share.purpose, "reference": share.reference}
    last_day = share.last_day
    return values | {"pin": "", "expires_on": last_day.isoformat() if last_day else ""} | changes


@pytest.mark.parametrize(
    ("language", "labels", "buttons"),
    [
        (
            "fr",
            ["Nom du partage *", "But du partage", "Référence", "NIP", "Date d’expiration"],
            ["Annuler", "Sauvegarder"],
        ),
        ("en", ["Share name *", "Purpose of share", "Reference", "PIN", "Expiry date"], ["Cancel", "Save"]),
    ],
)
def test_steps_05_and_06_five_fields(
    language: str, labels: list[str], buttons: list[str], share_of: MakeShare, zoe: Person, browser: Client
) -> None:
    Person.objects.filter(pk=zoe.pk).update(language=language)
    share = share_of()
    form = next(reading.main(browser.get(page(share))).all("form", class_="form"))
    assert [label.text for label in form.all("label")] == labels
    [row] = form.all("div", class_="actions")
    assert [next(row.all("a")).text, next(row.all("button")).text] == buttons
    assert next(row.all("a")).attributes["href"] == f"/shares/{share.pk}/"


def test_all_five_are_saved_together(spring: time_machine.Traveller, share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    changes = {"name": "Candidature", "purpose": "maîtrise", "reference": "DA-1", "pin": "4821 07"}
    answer = browser.post(page(share), typed(share, **changes, expires_on="2024-04-30"), follow=True)
    assert reading.messages(answer)[0] == "Vos modifications à « Candidature » sont sauvegardées."
    shown = reading.facts(answer)
    assert (shown["Nom du partage"], shown["But du partage"], shown["Référence"]) == ("Candidature", "maîtrise", "DA-1")
    assert shown["Date d’expiration"] == "30 avril 2024"
    share.refresh_from_db()
    assert tokens.pin_of(share) == "482107"
    assert share.expires_at == datetime(2024, 5, 1, tzinfo=TORONTO)  # the last day is inclusive


def test_last_day_is_inclusive_where_the_learner_is(
    spring: time_machine.Traveller, share_of: MakeShare, zoe: Person, browser: Client
) -> None:
    Person.objects.filter(pk=zoe.pk).update(time_zone="America/Vancouver")
    share = share_of()
    browser.post(page(share), typed(share, expires_on="2024-03-22"))
    share.refresh_from_db()
    assert share.expires_at == datetime(2024, 3, 23, tzinfo=ZoneInfo("America/Vancouver"))


def test_a_date_left_alone_stays_to_the_second(share_of: MakeShare, browser: Client) -> None:
    moment = timezone.now() + timedelta(days=3, hours=2)
    share = share_of(expires_at=moment)
    browser.post(page(share), typed(share, name="Autre"))
    share.refresh_from_db()
    assert (share.name, share.expires_at) == ("Autre", moment)


def test_an_expired_share_can_be_renamed_or_given_a_later_day(
    spring: time_machine.Traveller, share_of: MakeShare, browser: Client
) -> None:
    share = share_of(expires_at=timezone.now() + timedelta(hours=1))
    spring.shift(timedelta(days=2))
    browser.post(page(share), typed(share, name="Autre"))
    share.refresh_from_db()
    assert share.name == "Autre"
    browser.post(page(share), typed(share, expires_on="2024-04-30"))
    share.refresh_from_db()
    assert share.last_day == date(2024, 4, 30)


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, "482107"),
        ({"pin": "1357"}, "1357"),
        ({"remove_pin": "on"}, None),
    ],
)
def test_a_pin_is_kept_replaced_or_removed_unseen(
    changes: dict[str, str], kept: str | None, share_of: MakeShare, browser: Client
) -> None:
    share = share_of(pin="482107", recipients=[ADMISSIONS])
    assert b"482107" not in browser.get(page(share)).content
    browser.post(page(share), typed(share, **changes))
    share.refresh_from_db()
    assert tokens.pin_of(share) == kept


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": " "}, "Nom du partage – Ce champ est obligatoire."),
        ({"pin": "12"}, "NIP – Un NIP compte de 4 à 12 chiffres."),
        ({"pin": "12ab"}, "NIP – Un NIP compte de 4 à 12 chiffres."),
        ({"expires_on": "2024-03-21"}, "Date d’expiration – Choisissez aujourd’hui ou un jour à venir."),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    changes: dict[str, str],
    complaint: str,
    spring: time_machine.Traveller,
    share_of: MakeShare,
    browser: Client,
) -> None:
    share = share_of()
    response = browser.post(page(share), typed(share, reference="gardée", **changes))
    [summary] = reading.main(response).all("div", class_="error-summary")
    assert [line.text for line in summary.all("li")] == [complaint]
    [reference] = reading.main(response).all("input", name="reference")
    assert reference.attributes["value"] == "gardée"
    share.refresh_from_db()
    assert (share.reference, share.version) == ("", 1)


def test_trust_35_a_stale_form_shows_both_values_and_overwrites_nothing(
    spring: time_machine.Traveller, share_of: MakeShare, browser: Client
) -> None:
    share = share_of()
    stale = typed(share, name="Ma version", expires_on="2024-04-30")
    browser.post(page(share), typed(share, name="Autre fenêtre", purpose="emploi"))
    response = browser.post(page(share), stale)
    assert response.status_code == 409
    assert reading.notices(response) == ["Ce partage a été modifié entre-temps"]
    assert [row[-2:] for row in reading.rows(response, "Ce qui diffère")] == [
        ["Ma version", "Autre fenêtre"],
        ["S. O.", "emploi"],
        ["30 avril 2024", "S. O."],
    ]
    share.refresh_from_db()
    assert (share.name, share.purpose, share.expires_at) == ("Autre fenêtre", "emploi", None)
    [kept] = reading.main(response).all("input", name="name")
    assert kept.attributes["value"] == "Ma version"
    [version] = reading.main(response).all("input", name="version")
    browser.post(page(share), stale | {"version": version.attributes["value"]})
    share.refresh_from_db()
    assert share.name == "Ma version"


def test_trust_35_a_pin_that_changed_meanwhile_is_not_undone(share_of: MakeShare, browser: Client) -> None:
    share = share_of(pin="482107")
    stale = typed(share, pin="9999")
    browser.post(page(share), typed(share, pin="135792468013"))
    response = browser.post(page(share), stale)
    assert response.status_code == 409
    assert b"135792468013" not in response.content
    assert ["un nouveau NIP", "en place"] in [row[-2:] for row in reading.rows(response, "Ce qui diffère")]
    share.refresh_from_db()
    assert tokens.pin_of(share) == "135792468013"


def test_trust_35_a_switch_meanwhile_is_not_undone(share_of: MakeShare, zoe: Person, browser: Client) -> None:
    share = share_of()
    stale = typed(share, name="Ma version")
    actions.disable(share=share, by=zoe)
    assert browser.post(page(share), stale).status_code == 409
    share.refresh_from_db()
    assert (share.enabled, share.name) == (False, "Partage01")


def test_the_history_tells_what_changed(share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    browser.post(page(share), typed(share, pin="482107", reference="DA-1"))
    line = Line.objects.get(share_id=share.pk, verb="share-edited")
    assert line.facts["changes"] == {"reference": ["", "DA-1"], "pin": ["none", "set"]}


def test_a_stranger_edits_nothing(share_of: MakeShare, stranger: Client) -> None:
    share = share_of()
    assert stranger.post(page(share), typed(share, name="À moi")).status_code == 404
    share.refresh_from_db()
    assert share.name == "Partage01"


def test_who_changes_a_pin_is_told_whether_the_recipient_hears_of_it(
    share_of: MakeShare, browser: Client, zoe: Person
) -> None:
    link, mail, closed = share_of(), share_of(recipients=[ADMISSIONS]), share_of(recipients=[ADMISSIONS])
    actions.disable(share=closed, by=zoe)
    answers = [browser.post(page(each), typed(each, pin="482107"), follow=True) for each in (link, mail, closed)]
    assert [reading.messages(answer)[1:] for answer in answers] == [
        ["Remettez vous-même le nouveau NIP à votre destinataire, séparément du lien."],
        [f"Le nouveau NIP est en route vers {ADMISSIONS}."],
        [f"Le nouveau NIP n’a pas été envoyé : renvoyez le courriel à {ADMISSIONS} une fois le partage ouvert."],
    ]
    kept = browser.post(page(mail), typed(mail, pin="482107", reference="DA-1"), follow=True)
    assert len(reading.messages(kept)) == 1


def test_a_new_pin_whose_letter_is_one_too_many_changes_nothing_and_keeps_what_was_typed(
    share_of: MakeShare, browser: Client, settings: Settings
) -> None:
    share = share_of(recipients=[ADMISSIONS], pin="482107")
    settings.INVITATIONS_A_DAY = 0
    answer = browser.post(page(share), typed(share, name="Autre nom", pin="901234"))
    assert "autant de courriels qu’une journée le permet" in reading.main(answer).text
    assert "Autre nom" in answer.text
    share.refresh_from_db()
    assert (share.name, tokens.pin_of(share)) == ("Partage01", "482107")
