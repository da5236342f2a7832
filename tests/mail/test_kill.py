"""Trust check 33, the plug is pulled: server and worker are killed while shares are made and letters leave."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.server import RunningServer
from tests.mail import killing
from tests.mail.post_office import PostOffice

KILLS = 3  # python -m bench.kills: fifty


@pytest.fixture
def product(post_office: PostOffice) -> Iterator[RunningServer]:
    post_office.usual = killing.MANNER
    smtp = f"smtp://127.0.0.1:{post_office.port}"
    with RunningServer(worker=True, smtp=smtp, environment=killing.UNBOUND) as running:
        yield running


def test_trust_33_kills_lose_no_share_and_no_letter(product: RunningServer, post_office: PostOffice) -> None:
    story = killing.lose_nothing(product, post_office, kills=KILLS, longest=60)
    assert story.startswith(f"{KILLS} kills: ")
