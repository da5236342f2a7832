"""Who may do what, as a table."""

from __future__ import annotations

import pytest

from attesta.organizations.models import Role
from attesta.organizations.rules import TABLE, Act, Refusal, change_refusal, may

EVERYTHING = set(Act)
READING = {Act.LOOK}
ISSUING = EVERYTHING - {Act.TEMPLATES, Act.MEMBERS}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("reader", READING), ("issuer", ISSUING), ("administrator", EVERYTHING), ("", set()), ("owner", set())],
)
def test_trust_17_roles_may_do_what_the_table_says(role: str, allowed: set[Act]) -> None:
    assert {act for act in Act if may(role, act)} == allowed


def test_every_role_stands_in_the_table() -> None:
    assert set(TABLE) == set(Role.values)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({}, None),
        ({"after": None}, None),
        ({"by_role": None}, None),
        ({"by_role": "issuer"}, Refusal.NOT_ALLOWED),
        ({"by_role": "reader"}, Refusal.NOT_ALLOWED),
        ({"by_role": ""}, Refusal.NOT_ALLOWED),
        ({"after": "owner"}, Refusal.ROLE_UNKNOWN),
        ({"own": True}, Refusal.OWN_ROLE),
        ({"before": "administrator", "administrators": 1}, Refusal.LAST_ADMINISTRATOR),
        ({"before": "administrator", "administrators": 1, "by_role": None}, Refusal.LAST_ADMINISTRATOR),
        ({"before": "administrator", "administrators": 1, "after": None}, Refusal.LAST_ADMINISTRATOR),
        ({"before": "administrator", "administrators": 1, "after": "administrator"}, None),
        ({"before": "administrator", "administrators": 2}, None),
    ],
)
def test_change_refusal(asked: dict[str, object], refusal: Refusal | None) -> None:
    case = {"by_role": "administrator", "own": False, "before": "reader", "after": "issuer", "administrators": 2}
    assert change_refusal(**{**case, **asked}) == refusal  # type: ignore[arg-type]
