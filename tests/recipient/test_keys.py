"""What opens a link besides itself: a PIN, or a code from the mailbox."""

from __future__ import annotations

import pytest

from attesta.mail.models import Letter
from attesta.shares import tokens
from attesta.shares.models import Budget, MailboxCode, Share
from tests.recipient.conftest import Recipient, ShareMaker, count, link, mailed_code, text, verbs


@pytest.fixture
def pinned(share_of: ShareMaker) -> Share:
    return share_of(pin="2468")


def wrong_pins(share: Share, times: int) -> None:
    for number in range(times):
        Recipient(REMOTE_ADDR=f"198.51.100.{number % 3}").knock(share, pin="1357")


def test_the_right_pin_opens_with_or_without_spaces(pinned: Share, recipient: Recipient, stranger: Recipient) -> None:
    assert recipient.knock(pinned, pin="2468").status_code == 303
    assert stranger.knock(pinned, pin=" 24 68 ").status_code == 303


def test_a_wrong_pin_is_told_in_words_at_its_field(pinned: Share, recipient: Recipient) -> None:
    field = text(recipient.get(link(pinned)))
    assert 'inputmode="numeric"' in field and 'autocomplete="off"' in field
    answer = recipient.knock(pinned, pin="135792468013")
    assert answer.status_code == 403
    page = text(answer)
    assert '<a href="#id_pin">' in page and 'aria-invalid="true"' in page
    assert "135792468013" not in page and "2468" not in page
    assert (count(pinned), verbs(pinned)) == (0, ["wrong-pin"])


def test_whoever_lacks_the_pin_or_the_mailbox_is_led_to_the_owner(
    share: Share, pinned: Share, mailed: Share, share_of: ShareMaker, recipient: Recipient
) -> None:
    both = share_of(recipients=["jury@example.org"], pin="2468")
    covers = [(each, text(recipient.get(link(each)))) for each in (share, pinned, mailed, both)]
    assert [f'href="{link(each)}/ask"' in cover for each, cover in covers] == [False, True, True, True]
    assert ["second courriel" in cover for _share, cover in covers] == [False, False, False, True]


def test_no_pin_is_no_attempt(pinned: Share, recipient: Recipient) -> None:
    assert recipient.knock(pinned).status_code == 422
    assert (Budget.objects.count(), verbs(pinned)) == (0, [])


def test_a_locked_link_says_so_calmly_and_leads_to_its_owner(pinned: Share, recipient: Recipient) -> None:
    wrong_pins(pinned, 20)
    answer = recipient.knock(pinned, pin="2468")
    assert answer.status_code == 429
    assert f'href="{link(pinned)}/ask"' in text(answer)
    assert 'name="pin"' not in text(answer)
    assert recipient.get(link(pinned)).status_code == 200


def test_a_locked_link_with_a_mailbox_opens_by_a_code(share_of: ShareMaker, recipient: Recipient) -> None:
    share = share_of(recipients=["jury@example.org"], pin="2468")
    wrong_pins(share, 20)
    locked = text(recipient.knock(share, pin="2468"))
    assert f'action="{link(share)}/code"' in locked and "j•••@example.org" in locked
    sent = recipient.post(f"{link(share)}/code")
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{link(share)}?code=sent")
    assert recipient.knock(share, code=mailed_code(share)).status_code == 303


def test_who_passed_before_is_not_locked_out(pinned: Share, recipient: Recipient) -> None:
    recipient.knock(pinned, pin="2468")
    wrong_pins(pinned, 20)
    assert recipient.get(recipient.visit).status_code == 200
    assert recipient.knock(pinned, pin="2468").status_code == 303


def test_a_mailed_link_asks_for_a_code_and_takes_it_once(mailed: Share, recipient: Recipient) -> None:
    cover = text(recipient.get(link(mailed)))
    assert f'action="{link(mailed)}/code"' in cover
    assert "j•••@example.org" in cover and "jury@example.org" not in cover
    recipient.post(f"{link(mailed)}/code")
    field = text(recipient.get(f"{link(mailed)}?code=sent"))
    assert 'autocomplete="one-time-code"' in field
    code = mailed_code(mailed)
    assert recipient.knock(mailed, code=f"{code[:4]} {code[4:]}").status_code == 303
    assert Recipient().knock(mailed, code=code).status_code == 403


def test_trust_16_only_a_typed_code_is_spent(mailed: Share, recipient: Recipient) -> None:
    recipient.post(f"{link(mailed)}/code")
    code, letters = mailed_code(mailed), Letter.objects.count()
    for address in (link(mailed), f"{link(mailed)}/code"):
        for query in ({"code": code}, {"code": "sent"}, {}):
            for agent in ("Mozilla/5.0 SafeLinks", "Mozilla/5.0 Firefox/140.0"):
                for method in ("get", "head", "options"):
                    getattr(Recipient(), method)(address, query, headers={"user-agent": agent})
    assert (MailboxCode.objects.get().used_at, MailboxCode.objects.get().attempts) == (None, 0)
    assert Letter.objects.count() == letters
    assert recipient.knock(mailed, code=code).status_code == 303


def test_a_mailed_link_is_not_opened_without_its_code(mailed: Share, recipient: Recipient) -> None:
    assert recipient.knock(mailed).status_code == 422
    recipient.post(f"{link(mailed)}/code")
    answer = recipient.post(f"{link(mailed)}?code=sent", {"code": "00000000"})
    assert answer.status_code == 403
    assert '<a href="#id_code">' in text(answer)
    assert count(mailed) == 0


def test_after_a_wrong_code_the_page_does_not_say_that_one_was_just_sent(mailed: Share, recipient: Recipient) -> None:
    asked = recipient.post(f"{link(mailed)}/code").headers["Location"]
    pages = [recipient.get(asked), recipient.post(asked, {"code": "00000000"})]
    assert ["j•••@example.org" in text(page) for page in pages] == [True, False]


def test_codes_have_a_budget_and_the_page_says_so(mailed: Share, recipient: Recipient) -> None:
    places = [recipient.post(f"{link(mailed)}/code").headers["Location"] for _ in range(6)]
    assert places == [f"{link(mailed)}?code=sent"] * 5 + [f"{link(mailed)}?code=later"]
    assert MailboxCode.objects.count() == 5
    assert recipient.get(places[-1]).status_code == 200


def test_asking_for_a_code_tells_a_stranger_nothing(share: Share, stranger: Recipient) -> None:
    unknown = f"/s/{tokens.new_token()}"
    for address in (unknown, link(share)):
        answer = stranger.post(f"{address}/code")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}?code=later")
    assert MailboxCode.objects.count() == 0
    assert stranger.get(f"{unknown}?code=later").status_code == 404
