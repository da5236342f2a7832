"""What one network may ask for in an hour. What we issued is always answered, to everybody."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from attesta.shares import budgets
from attesta.shares.rules import HOUR, Window
from attesta.web.networks import network

GUESSES = Window(60, HOUR)  # codes that name nothing, though they are well formed
EXAMINATIONS = Window(200, HOUR)  # files that are not in the register: each costs a check of its seal


def spend_guess(request: HttpRequest, now: datetime) -> bool:
    return budgets.spend(GUESSES, "verify-code", _network(request), now=now)


def spend_examination(request: HttpRequest, now: datetime) -> bool:
    return budgets.spend(EXAMINATIONS, "verify-file", _network(request), now=now)


def _network(request: HttpRequest) -> str:
    return network(str(request.META.get("REMOTE_ADDR", "")))
