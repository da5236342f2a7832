"""Time zones to choose from: those of Canada first, then all of the world by region."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CANADA = {
    "America/St_Johns": gettext_lazy("St. John’s (Newfoundland time)"),
    "America/Halifax": gettext_lazy("Halifax, Charlottetown (Atlantic time)"),
    "America/Moncton": gettext_lazy("Moncton, Fredericton (Atlantic time)"),
    "America/Toronto": gettext_lazy("Toronto, Montréal, Québec, Ottawa (Eastern time)"),
    "America/Iqaluit": gettext_lazy("Iqaluit (Eastern time)"),
    "America/Winnipeg": gettext_lazy("Winnipeg (Central time)"),
    "America/Regina": gettext_lazy("Regina, Saskatoon (Central time all year)"),
    "America/Edmonton": gettext_lazy("Edmonton, Calgary, Yellowknife (Mountain time)"),
    "America/Vancouver": gettext_lazy("Vancouver, Victoria (Pacific time)"),
    "America/Whitehorse": gettext_lazy("Whitehorse (Yukon time)"),
}

Choice = tuple[str, str]


def choices() -> list[tuple[str, list[Choice]]]:
    """Groups for a select, in the active language. Labels begin with the city, so that typing finds it."""
    canada = [(zone, str(label)) for zone, label in CANADA.items()]
    rest = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    world = [(region, sorted(map(_choice, zones), key=_label)) for region, zones in groupby(rest, key=_region)]
    return [(_("Canada"), canada), *world, (_("Other"), [("UTC", "UTC")])]


def label(zone: str) -> str:
    return str(CANADA.get(zone) or _choice(zone)[1])


def _region(zone: str) -> str:
    return zone.split("/", maxsplit=1)[0]


def _choice(zone: str) -> Choice:
    region, _slash, city = zone.partition("/")
    name = city.replace("_", " ").replace("/", ", ")
    return zone, f"{name} ({region})" if name else zone


def _label(choice: Choice) -> str:
    return choice[1]
