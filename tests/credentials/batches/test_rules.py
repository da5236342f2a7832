"""Who may do what with a batch in which state."""

from __future__ import annotations

import pytest

from attesta.credentials.batches import rules
from attesta.credentials.batches.rules import Act, Form, Refusal, State
from attesta.credentials.models import Batch, BatchState

ALLOWED = {
    (Act.TAKE_OVER, State.WAITING),
    (Act.APPROVE, State.WAITING),
    (Act.START, State.READY),
    (Act.PAUSE, State.RUNNING),
    (Act.RESUME, State.PAUSED),
    *((Act.CANCEL, state) for state in rules.OPEN),
}


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", list(State))
def test_every_act_in_every_state(act: Act, state: State) -> None:
    assert (rules.refusal(act, state) is None) is ((act, state) in ALLOWED)


@pytest.mark.parametrize(
    ("act", "state", "refusal"),
    [
        (Act.START, State.CHECKING, Refusal.CHECKING),
        (Act.START, State.REFUSED, Refusal.HAS_PROBLEMS),
        (Act.START, State.WAITING, Refusal.NEEDS_APPROVAL),
        (Act.START, State.RUNNING, Refusal.RUNNING),
        (Act.START, State.PAUSED, Refusal.PAUSED),
        (Act.START, State.DONE, Refusal.OVER),
        (Act.PAUSE, State.READY, Refusal.NOT_STARTED),
        (Act.RESUME, State.CANCELLED, Refusal.OVER),
        (Act.TAKE_OVER, State.PAUSED, Refusal.NEEDS_NO_APPROVAL),
        (Act.APPROVE, State.READY, Refusal.NEEDS_NO_APPROVAL),
        (Act.APPROVE, State.RUNNING, Refusal.NEEDS_NO_APPROVAL),
        (Act.APPROVE, State.REFUSED, Refusal.HAS_PROBLEMS),
        (Act.CANCEL, State.DONE, Refusal.OVER),
        (Act.CANCEL, State.REFUSED, Refusal.HAS_PROBLEMS),
    ],
)
def test_why_not(act: Act, state: State, refusal: Refusal) -> None:
    assert rules.refusal(act, state) == refusal


def test_states_and_forms_are_those_of_the_tables() -> None:
    assert [state.value for state in State] == list(BatchState.values)
    assert [form.value for form in Form] == list(Batch.Form.values)


@pytest.mark.parametrize(
    ("documents", "problems", "most", "state"),
    [(5, 1, 0, "refused"), (5, 0, 5, "ready"), (6, 0, 5, "waiting"), (1, 0, 0, "waiting"), (0, 1, 0, "refused")],
)
def test_state_after_checking(documents: int, problems: int, most: int, state: str) -> None:
    assert rules.state_after_checking(documents=documents, problems=problems, most_alone=most) == state


@pytest.mark.parametrize(
    ("size", "form", "kind", "refusal"),
    [
        (1, "zip", None, None),
        (1, "csv", "diploma", None),
        (1, "pesc", "transcript", None),
        (0, "zip", None, Refusal.EMPTY),
        (rules.MAX_BYTES, "zip", None, None),
        (rules.MAX_BYTES + 1, "zip", None, Refusal.TOO_LARGE),
        (1, "zip", "diploma", Refusal.TEMPLATE_NOT_NEEDED),
        (1, "csv", None, Refusal.TEMPLATE_MISSING),
        (1, "pesc", "diploma", Refusal.TEMPLATE_NO_TRANSCRIPT),
    ],
)
def test_what_may_be_handed_in(size: int, form: str, kind: str | None, refusal: Refusal | None) -> None:
    assert rules.hand_in_refusal(size, form, kind) == refusal


@pytest.mark.parametrize(
    ("head", "with_template", "form"),
    [
        (b"PK\x03\x04", False, Form.ZIP),
        (b"PK\x03\x04", True, Form.PESC),
        (b"<?xml ve", True, Form.PESC),
        (b"\xef\xbb\xbf<Col", True, Form.PESC),
        (b"\xff\xfe<\0?\0", True, Form.PESC),
        (b"document", True, Form.CSV),
        (b"\xef\xbb\xbfdoc", False, Form.CSV),
    ],
)
def test_the_form_of_a_file_is_seen_at_its_head(head: bytes, with_template: bool, form: Form) -> None:
    assert rules.form_of(head, with_template=with_template) == form
