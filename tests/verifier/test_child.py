"""The confined program finds what a program without bounds finds: nothing is missing there, and nothing is made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pyhanko.sign.fields import MDPPerm

from attesta.seals.checking import check
from attesta.seals.report import CODES, Report
from attesta.verifier import exchange, verification
from attesta.verifier.exchange import Unintelligible
from tests.harness import forgeries
from tests.harness.foreign import NOW, Notary
from tests.harness.pdfs import make_pdf

pytestmark = pytest.mark.once

NOTARY = Notary.named("Collège de Nulle Part")
LOCKED = NOTARY.sign(make_pdf(pages=2), certify=MDPPerm.NO_CHANGES, stamped_at=NOW)
GOOD = exchange.written(check(b"hello", roots=[], now=NOW))
SAMPLES: dict[str, Callable[[], bytes]] = {
    "sealed": lambda: LOCKED,
    "sealed, unlocked": lambda: NOTARY.sign(make_pdf()),
    "renewed": lambda: NOTARY.renew(LOCKED, at=NOW),
    "unsealed": make_pdf,
    "stripped": lambda: forgeries.stripped(LOCKED),
    "painted over": lambda: forgeries.painted_over(LOCKED),
    "page appended": lambda: forgeries.edited(LOCKED, forgeries.append_page),
    "font swapped": lambda: forgeries.edited(LOCKED, forgeries.swap_font),
    "attached": lambda: forgeries.edited(LOCKED, forgeries.attach),
    "padding": lambda: forgeries.with_padding_written(LOCKED),
    "saved again": lambda: forgeries.saved_again(LOCKED),
    "weak": lambda: NOTARY.sign(make_pdf(), digest="sha1"),
    "name beyond Latin": lambda: Notary.named("北海道大学 – Université").sign(make_pdf(), location="札幌"),
    "other letters": lambda: Notary.named("Müller & Söhne").sign(make_pdf(), certify=MDPPerm.ANNOTATE),
    "not a pdf": lambda: b"hello",
}


def inside(pdf: bytes, now: datetime) -> Report | None:
    return verification.examined(pdf, now)


@pytest.mark.parametrize("name", SAMPLES)
def test_it_finds_the_same(name: str) -> None:
    now, pdf = datetime.now(UTC), SAMPLES[name]()
    assert inside(pdf, now) == check(pdf, roots=[], now=now)


def test_a_report_survives_the_way() -> None:
    report = check(LOCKED, roots=[NOTARY.root.der], now=NOW)
    assert exchange.read(exchange.written(report)) == report


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"checks": 1}',
        b"\xff\xfe",
        GOOD.replace(b'"is-pdf"', b'"is-gif"'),
        GOOD.replace(b'"unknown"', b'"perhaps"'),
        GOOD.replace(b'"location": ""', b'"location": 3'),
        GOOD.replace(b'"location": ""', b'"location": "' + b"x" * 5000 + b'"'),
        GOOD.replace(b'"sealed_at": null', b'"sealed_at": "2024-01-01"'),
    ],
)
def test_trust_24_an_answer_that_is_no_report_is_not_believed(answer: bytes) -> None:
    with pytest.raises(Unintelligible):
        exchange.read(answer)


def test_every_question_is_answered() -> None:
    assert tuple(each.code for each in check(LOCKED, roots=[], now=NOW).checks) == CODES
