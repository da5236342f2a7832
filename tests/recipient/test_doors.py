"""Every address of this door, found by walking the resolver: who it refuses, and what its answers carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import URLPattern, reverse
from django.utils import timezone

from attesta.credentials import actions as issuing
from attesta.credentials.models import Credential, Version
from attesta.recipient import urls
from attesta.shares import actions, tokens
from attesta.shares.models import Share
from attesta.web.logs import redact
from tests.recipient.conftest import Recipient, ShareMaker, link

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
End = Callable[[Share, Credential], object]


def addresses(share: Share, visit_id: UUID, credential: Credential) -> dict[str, str]:
    """Name → address. A new kind of argument fails here, and is to be given a value."""
    values = {
        "token": tokens.token_of(share),
        "visit_id": visit_id,
        "credential_id": credential.id,
        "number": 1,
    }
    found = {}
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        arguments = {name: values[name] for name in pattern.pattern.converters}
        found[str(pattern.name)] = reverse(f"recipient:{pattern.name}", kwargs=arguments)
    return found


def of_visits(share: Share, recipient: Recipient, credential: Credential) -> dict[str, str]:
    recipient.knock(share)
    found = addresses(share, UUID(recipient.visit.split("/")[2]), credential)
    return {name: address for name, address in found.items() if name.startswith("visit")}


def expire(share: Share, credential: Credential) -> None:
    Share.objects.filter(pk=share.pk).update(expires_at=timezone.now())


def erase(share: Share, credential: Credential) -> None:
    key = Version.objects.select_related("data_key").get(credential=credential).data_key
    assert key is not None
    key.delete()


ENDS: dict[str, tuple[End, set[str]]] = {
    "disabled": (lambda share, credential: actions.disable(share=share, by=share.owner), set()),
    "expired": (expire, set()),
    "renewed": (lambda share, credential: actions.renew_link(share=share, by=share.owner), set()),
    "revoked": (
        lambda share, credential: issuing.revoke(credential=credential, reason="Erreur", shown=False),
        {"visit"},
    ),
    "erased": (erase, {"visit"}),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("seen_before", [True, False])
def test_trust_09_every_address_of_bytes_refuses_after_the_end(
    share: Share, diploma: Credential, recipient: Recipient, end: str, seen_before: bool
) -> None:
    """A revoked or erased document leaves the visit's page, which then shows none of it."""
    places = of_visits(share, recipient, diploma)
    if seen_before:
        assert {recipient.get(address).status_code for address in places.values()} == {200}
    finish, still_open = ENDS[end]
    finish(share, diploma)
    for name, address in places.items():
        answer = recipient.get(address)
        assert (name, answer.status_code) == (name, 200 if name in still_open else 404)
        assert b"RIFF" not in answer.content and b"%PDF" not in answer.content
        assert b"Page 1\n" not in answer.content and b"<img" not in answer.content


def test_trust_09_time_alone_ends_every_address(
    share_of: ShareMaker, diploma: Credential, recipient: Recipient
) -> None:
    share = share_of(expires_at=timezone.now() + timedelta(minutes=5))
    places = of_visits(share, recipient, diploma)
    assert share.expires_at is not None
    with time_machine.travel(share.expires_at, tick=False):
        assert {recipient.get(address).status_code for address in places.values()} == {404}


def test_strangers_are_refused_everywhere(
    share: Share, diploma: Credential, recipient: Recipient, stranger: Recipient
) -> None:
    for address in of_visits(share, recipient, diploma).values():
        assert stranger.get(address).status_code == 404


def test_trust_13_every_answer_is_discreet(share: Share, diploma: Credential, recipient: Recipient) -> None:
    recipient.knock(share)
    places = list(addresses(share, UUID(recipient.visit.split("/")[2]), diploma).values())
    careful = Recipient(enforce_csrf_checks=True)
    unknown = [
        "/s/unknown",
        "/s/",
        "/s/a/b/c",
        "/visits/",
        "/visits/x/",
        "/visits/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/",
    ]
    for address in places + unknown:
        for answer in (recipient.get(address), recipient.post(address), recipient.head(address), careful.post(address)):
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, address
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert "http" not in answer.headers["Content-Security-Policy"]


def test_pages_elsewhere_are_not_touched(recipient: Recipient) -> None:
    assert recipient.get("/").headers["Referrer-Policy"] == "same-origin"


def test_trust_13_no_page_asks_anything_of_a_third_party(
    share: Share, diploma: Credential, recipient: Recipient
) -> None:
    recipient.knock(share)
    for name, address in addresses(share, UUID(recipient.visit.split("/")[2]), diploma).items():
        page = recipient.get(address)
        if page.headers["Content-Type"].startswith("text/html"):
            for attribute in ('src="http', 'action="http', 'rel="stylesheet" href="http', 'src="//'):
                assert attribute not in page.content.decode(), name


def test_no_log_line_holds_a_token(share: Share, recipient: Recipient, caplog: pytest.LogCaptureFixture) -> None:
    """Django names the path of what it refuses; the redacting filter stands on the handler."""
    actions.disable(share=share, by=share.owner)
    recipient.get(link(share))
    Recipient(enforce_csrf_checks=True).post(link(share))
    token = tokens.token_of(share)
    assert [record for record in caplog.records if token in redact(record.getMessage())] == []
