from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.test import Client

from attesta.accounts import actions, zones
from attesta.accounts.models import Person

PAGE = "/account/"
SignIn = Callable[[Person], Client]


def form(person: Person, **changes: Any) -> dict[str, Any]:
    """What the page posts when ``person`` changes something on it."""
    fields = {"name": person.name, "language": person.language, "time_zone": person.time_zone, "wants_notices": "on"}
    return fields | {"version": person.version} | changes


def test_a_new_language_is_there_at_once_and_after_signing_out(zoe: Person, signed_in: SignIn) -> None:
    browser = signed_in(zoe)

    page = browser.post(PAGE, form(zoe, language="en"), follow=True).content.decode()

    assert '<html lang="en">' in page
    assert "Your preferences are saved." in page
    browser.post("/accounts/logout/")
    assert '<html lang="en">' in browser.get("/accounts/login/").content.decode()


def test_name_zone_and_notices_are_saved(zoe: Person, signed_in: SignIn) -> None:
    browser = signed_in(zoe)

    browser.post(PAGE, form(zoe, name="\u202eZoe\u0301\u200b C.", time_zone="Europe/Paris", wants_notices=""))

    zoe.refresh_from_db()
    assert (zoe.name, zoe.time_zone, zoe.wants_notices) == ("Zoé C.", "Europe/Paris", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Z" * 151),
        ("name", "\u202e\u200b"),
        ("time_zone", "America/Atlantis"),
        ("language", "de"),
    ],
)
def test_what_cannot_be_saved_stays_in_the_form(zoe: Person, signed_in: SignIn, field: str, value: str) -> None:
    answer = signed_in(zoe).post(PAGE, form(zoe, **{"name": "Autre nom", field: value}))

    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == value
    zoe.refresh_from_db()
    assert (zoe.name, zoe.version) == ("Zoé Citoyenne", 1)


def test_trust_35_a_stale_page_shows_both_values_and_overwrites_nothing(zoe: Person, signed_in: SignIn) -> None:
    browser = signed_in(zoe)
    stale = form(zoe, name="Zoé tapée")
    actions.save_preferences(
        person=zoe, version=1, name="Zoé d’ailleurs", language="fr", time_zone="Europe/Paris", wants_notices=True
    )

    answer = browser.post(PAGE, stale)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Zoé d’ailleurs" in page
    assert "Paris (Europe)" in page
    assert answer.context["form"]["name"].value() == "Zoé tapée"
    assert Person.objects.get().name == "Zoé d’ailleurs"

    browser.post(PAGE, stale | {"version": answer.context["form"]["version"].value()})
    assert Person.objects.get().name == "Zoé tapée"


def test_zones_of_canada_come_first_and_every_zone_is_there(zoe: Person, signed_in: SignIn) -> None:
    groups = zones.choices()
    offered = [zone for _name, choices in groups for zone, _label in choices]

    assert groups[0][0] == "Canada"
    assert {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")} <= set(offered)
    assert 'value="America/Toronto" selected' in signed_in(zoe).get(PAGE).content.decode()


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get(PAGE)["Location"] == "/accounts/login/?next=/account/"
    assert client.post(PAGE, {})["Location"].startswith("/accounts/login/")
