"""Links that do not open: one answer for all, and a way to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from attesta.mail.models import Letter
from attesta.shares import actions, tokens
from attesta.shares.models import AccessRequest, Share
from tests.recipient.conftest import Recipient, ShareMaker, link, text, verbs

QUESTION = {"name": "Jean Tremblay", "email": "jean@example.org", "message": "Pour le jury."}


@pytest.fixture
def closed_links(share_of: ShareMaker, stranger: Recipient) -> dict[str, str]:
    """A link of every closed kind: English and French, with and without a PIN, by mail and not."""
    now = timezone.now()
    disabled = share_of(language="en", pin="2468")
    actions.disable(share=disabled, by=disabled.owner)
    with time_machine.travel(now - timedelta(days=2), tick=False):
        expired = share_of(recipients=["jury@example.org"], expires_at=now - timedelta(days=1))
    used_up = share_of(max_consultations=1)
    stranger.knock(used_up)
    renewed = share_of()
    old = link(renewed)
    actions.renew_link(share=renewed, by=renewed.owner)
    return {
        "unknown": f"/s/{tokens.new_token()}",
        "nonsense": "/s/x",
        "disabled": link(disabled),
        "expired": link(expired),
        "used-up": link(used_up),
        "renewed": old,
    }


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=fr"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_trust_12_every_closed_link_gives_the_same_bytes(
    closed_links: dict[str, str], recipient: Recipient, method: str, query: str
) -> None:
    knock: Callable[..., object] = getattr(recipient, method)
    answers = {kind: knock(address + query) for kind, address in closed_links.items()}
    assert {kind: answer.status_code for kind, answer in answers.items()} == dict.fromkeys(closed_links, 404)  # type: ignore[attr-defined]
    assert len({answer.content for answer in answers.values()}) == 1  # type: ignore[attr-defined]


def test_trust_12_the_headers_tell_no_more(closed_links: dict[str, str]) -> None:
    seen = set()
    for address in closed_links.values():
        answer = Recipient().get(address)
        seen.add((*sorted(answer.headers.items()), *sorted(answer.cookies)))
    assert len(seen) == 1


def test_the_closed_page_is_in_both_languages_the_readers_first(recipient: Recipient) -> None:
    page = text(recipient.get("/s/unknown", headers={"accept-language": "en-CA"}))
    assert page.index("This link does not open anything") < page.index("Ce lien n’ouvre rien")
    page = text(recipient.get("/s/unknown", headers={"accept-language": "fr-CA"}))
    assert page.index("Ce lien n’ouvre rien") < page.index("This link does not open anything")


def test_trust_05_the_link_closes_at_its_last_moment(share_of: ShareMaker, recipient: Recipient) -> None:
    end = timezone.now() + timedelta(hours=1)
    share = share_of(expires_at=end)
    with time_machine.travel(end - timedelta(microseconds=1), tick=False):
        assert recipient.get(link(share)).status_code == 200
        assert recipient.knock(share).status_code == 303
    with time_machine.travel(end, tick=False):
        assert recipient.get(link(share)).status_code == 404
        assert recipient.knock(share).status_code == 404
        assert recipient.get(recipient.visit).status_code == 404


def test_the_used_up_link_still_opens_for_who_is_inside(share_of: ShareMaker, recipient: Recipient) -> None:
    share = share_of(max_consultations=1)
    recipient.knock(share)
    assert recipient.get(link(share)).status_code == 200
    assert recipient.knock(share).status_code == 303


def test_trust_11_a_crowd_at_an_expired_link_blocks_nobody(
    share_of: ShareMaker, closed_links: dict[str, str], recipient: Recipient
) -> None:
    for _ in range(50):
        assert Recipient().post(closed_links["expired"], {"pin": "1111"}).status_code == 404
    valid = share_of(pin="2468")
    assert recipient.knock(valid, pin="2468").status_code == 303


def test_the_closed_page_leads_to_the_question(closed_links: dict[str, str], recipient: Recipient) -> None:
    for address in closed_links.values():
        assert 'href="?ask=1"' in text(recipient.get(address))
        assert recipient.get(f"{address}?ask=1").headers["Location"] == f"{address}/ask"


def test_a_question_reaches_the_owner(closed_links: dict[str, str], recipient: Recipient) -> None:
    share = Share.objects.get(enabled=False)
    answer = recipient.post(f"{link(share)}/ask", QUESTION)
    assert (answer.status_code, answer.headers["Location"]) == (303, "?sent=1")
    asked = AccessRequest.objects.get()
    assert (asked.share_id, asked.name, asked.email, asked.message) == (share.id, *QUESTION.values())
    assert "access-asked" in verbs(share)
    assert Letter.objects.filter(kind="shares.access-asked", to=share.owner.email).count() == 1


def test_asking_never_tells_whether_the_link_existed(closed_links: dict[str, str], share: Share) -> None:
    asked, seen = [], set()
    for address in [*closed_links.values(), link(share)]:
        reader = Recipient()
        form = text(reader.get(f"{address}/ask"))
        guard = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        asked.append(reader.post(f"{address}/ask", QUESTION).headers["Location"])
        seen.add((form.replace(guard, ""), reader.get(f"{address}/ask?sent=1").content))
    assert (set(asked), len(seen)) == ({"?sent=1"}, 1)


def test_a_question_without_a_name_is_sent_back_with_what_was_typed(recipient: Recipient) -> None:
    answer = recipient.post("/s/unknown/ask", QUESTION | {"name": "", "email": "jean"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"name", "email"}
    assert "Pour le jury." in text(answer)
    assert AccessRequest.objects.count() == 0


def test_questions_have_a_budget(share: Share) -> None:
    for _ in range(8):
        assert Recipient().post(f"{link(share)}/ask", QUESTION).status_code == 303
    assert AccessRequest.objects.count() == 5
