"""Load balancers and supervisors ask these two."""

from __future__ import annotations

import pytest
from django.test import Client


def test_livez_answers_without_a_database(client: Client) -> None:
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_is_green_when_database_and_keys_are_there(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
