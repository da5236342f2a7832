"""PINs and mailbox codes, and the budgets that protect them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.utils import timezone

from attesta.activity.models import Line
from attesta.mail import composers
from attesta.mail.models import Letter
from attesta.shares import actions, doorstep, tokens
from attesta.shares.actions import Opened, Visitor, opening
from attesta.shares.models import MailboxCode, Share
from attesta.shares.rules import Refusal
from tests.shares.conftest import MakeShare, ask_code, knock, verbs, visitor


def test_open_with_wrong_pin_is_refused_and_logged(make_share: MakeShare) -> None:
    share = make_share(pin="2468")
    assert knock(share) is Refusal.PIN_NEEDED
    assert knock(share, pin="111122223333") is Refusal.WRONG_PIN
    assert isinstance(knock(share, pin=" 24 68 "), Opened)
    assert verbs(share) == ["share-created", "wrong-pin", "share-opened"]
    assert "111122223333" not in repr(list(Line.objects.values()))


def test_trust_10_guessing_is_bounded_a_link_and_day_and_locks_out_nobody_who_passed(make_share: MakeShare) -> None:
    share = make_share(pin="2468")
    friend = visitor("friend", "198.51.100.7")
    with time_machine.travel(timezone.now().replace(hour=10, minute=0)) as clock:
        assert isinstance(knock(share, friend, pin="2468"), Opened)
        clock.shift(timedelta(minutes=45))
        outcomes = [knock(share, visitor(f"guesser-{n}", f"203.0.113.{n % 200}"), pin=f"{n:04d}") for n in range(1000)]
        assert outcomes.count(Refusal.WRONG_PIN) == 20
        assert outcomes.count(Refusal.LOCKED) == 980
        assert knock(share, visitor("stranger"), pin="2468") is Refusal.LOCKED
        assert isinstance(knock(share, friend, pin="2468"), Opened)
    assert verbs(share).count("wrong-pin") == 20
    assert verbs(share).count("gate-locked") == 1


def test_one_network_meets_its_own_bound_before_the_link_s(make_share: MakeShare) -> None:
    share = make_share(pin="2468")
    with time_machine.travel(timezone.now().replace(minute=5)):
        outcomes = [knock(share, visitor(f"{n}"), pin="0000") for n in range(12)]
        assert outcomes.count(Refusal.WRONG_PIN) == 8
        assert isinstance(knock(share, visitor("elsewhere", "198.51.100.7"), pin="2468"), Opened)


def test_a_right_pin_costs_no_budget(make_share: MakeShare) -> None:
    share = make_share(pin="2468")
    assert all(isinstance(knock(share, visitor(f"{n}"), pin="2468"), Opened) for n in range(30))


def test_renewing_the_link_forgets_its_guessers(make_share: MakeShare) -> None:
    share = make_share(pin="2468")
    for n in range(25):
        knock(share, visitor(f"{n}", f"203.0.113.{n}"), pin="0000")
    assert knock(share, visitor("late", "198.51.100.7"), pin="2468") is Refusal.LOCKED
    renewed = actions.renew_link(share=share, by=share.owner).share
    assert isinstance(knock(renewed, visitor("late", "198.51.100.7"), pin="2468"), Opened)


def test_an_e_mail_share_asks_for_a_code_that_works_once(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"])
    assert knock(share) is Refusal.CODE_NEEDED
    assert ask_code(share) is True
    code = _code(share)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert knock(share, code=wrong) is Refusal.WRONG_CODE
    assert isinstance(knock(share, code=f"{code[:4]} {code[4:]}"), Opened)
    assert knock(share, visitor("thief"), code=code) is Refusal.WRONG_CODE
    assert verbs(share) == ["share-created", "code-sent", "wrong-code", "share-opened", "wrong-code"]


def test_the_second_half_of_a_double_press_with_a_code_is_led_to_the_visit(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"])
    ask_code(share)
    code, late, thief = _code(share), half(share, visitor()), half(share, visitor("thief"))
    first = knock(share, code=code)
    second = late(code)
    assert isinstance(first, Opened) and isinstance(second, Opened)
    assert (second.visit_id, second.secret, second.again) == (first.visit_id, first.secret, True)
    assert verbs(share) == ["share-created", "code-sent", "share-opened"]
    assert MailboxCode.objects.get().attempts == 0
    assert thief(code) is Refusal.WRONG_CODE
    assert verbs(share)[-1] == "wrong-code"


def half(share: Share, who: Visitor) -> Callable[[str], actions.Outcome | None]:
    """One half of a double press: it has read what is at the link, and goes on when the other half is done."""
    now, device = timezone.now(), tokens.device_hash(who.device)
    found = doorstep.knocked_at(share.token_hash, device, now)
    assert found is not None and found.visit_id is None
    return lambda code: opening._try(found, who, device, pin="", code=code, now=timezone.now())


def test_a_code_dies_after_five_tries_and_after_fifteen_minutes(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"])
    ask_code(share)
    code = _code(share)
    for _ in range(5):
        knock(share, code="x")
    assert knock(share, code=code) is Refusal.WRONG_CODE
    ask_code(share)
    later = _code(share)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert knock(share, code=later) is Refusal.WRONG_CODE


def test_a_locked_pin_falls_back_to_the_mailbox(make_share: MakeShare) -> None:
    share, reader = make_share(recipients=["r@uni.example"], pin="2468"), visitor("reader", "198.51.100.7")
    for n in range(25):
        knock(share, visitor(f"{n}", f"203.0.113.{n}"), pin="0000")
    assert knock(share, reader, pin="2468") is Refusal.LOCKED
    assert ask_code(share, reader) is True
    assert isinstance(knock(share, reader, code=_code(share)), Opened)


def test_whoever_holds_the_link_cannot_spoil_the_codes_of_others(make_share: MakeShare) -> None:
    share, reader, other = make_share(recipients=["r@uni.example"]), visitor("reader"), visitor("other", "203.0.113.9")
    assert ask_code(share, reader) is True
    code = _code(share)
    for _ in range(9):
        ask_code(share, other)
        assert knock(share, other, code="00000000") is Refusal.WRONG_CODE
    assert knock(share, other, code=code) is Refusal.WRONG_CODE
    assert isinstance(knock(share, reader, code=code), Opened)


def test_a_renewed_link_voids_codes_that_wait(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"])
    ask_code(share)
    code = _code(share)
    renewed = actions.renew_link(share=share, by=share.owner).share
    assert knock(renewed, code=code) is Refusal.WRONG_CODE


def test_codes_are_mailed_to_the_share_s_own_mailbox_a_few_an_hour(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"])
    with time_machine.travel(timezone.now().replace(minute=5)):
        sent = [ask_code(share) for _ in range(9)]
        others = [ask_code(share, visitor(f"another-{n:03d}", f"203.0.113.{n}")) for n in range(20)]
    assert sent == [True] * 5 + [False] * 4
    assert others == [True] * 15 + [False] * 5
    assert set(Letter.objects.filter(kind="shares.code").values_list("to", flat=True)) == {"r@uni.example"}
    assert actions.send_code(token=tokens.new_token(), network="192.0.2.1", device="d" * 22) is False
    assert actions.send_code(token=tokens.token_of(share), network="192.0.2.1", device="") is False
    assert ask_code(make_share()) is False


def test_trust_01_codes_lie_sealed(make_share: MakeShare) -> None:
    share = make_share(recipients=["r@uni.example"])
    ask_code(share)
    code = _code(share)
    assert code not in repr(list(MailboxCode.objects.values())) + repr(list(Letter.objects.values()))
    letter = Letter.objects.get(kind="shares.code")
    composition = composers.compose(letter)
    assert composition is not None and code in composition.text


def _code(share: Share) -> str:
    row = MailboxCode.objects.filter(share=share).order_by("-created_at").first()
    assert row is not None
    return tokens.unseal_code(bytes(row.sealed), row.id)
