"""What a report says of itself, from its lines."""

from __future__ import annotations

import pytest

from attesta.seals.report import CODES, Check, Report, Verdict

pytestmark = pytest.mark.once


def report(**verdicts: Verdict) -> Report:
    """Everything is fine but what is named (``whole_file`` for ``whole-file``)."""
    named = {code.replace("_", "-"): verdict for code, verdict in verdicts.items()}
    return Report(tuple(Check(code, named.get(code, Verdict.YES)) for code in CODES))


def test_a_good_report_is_sealed_intact_and_trusted() -> None:
    assert (report().is_sealed, report().is_intact, report().is_trusted) == (True, True, True)


@pytest.mark.parametrize("verdict", [Verdict.ATTENTION, Verdict.NO, Verdict.UNKNOWN])
@pytest.mark.parametrize("code", ["sealed", "whole_file", "unaltered", "signature"])
def test_what_touches_the_contents_is_not_intact_and_so_not_trusted(code: str, verdict: Verdict) -> None:
    found = report(**{code: verdict})
    assert (found.is_intact, found.is_trusted) == (False, False)


def test_a_broken_lock_is_not_intact_and_a_missing_one_is() -> None:
    assert report(certified=Verdict.NO).is_intact is False
    assert report(certified=Verdict.ATTENTION).is_intact is True


@pytest.mark.parametrize("verdict", [Verdict.ATTENTION, Verdict.NO, Verdict.UNKNOWN])
def test_without_a_known_authority_it_is_intact_and_not_trusted(verdict: Verdict) -> None:
    found = report(chain=verdict)
    assert (found.is_intact, found.is_trusted) == (True, False)


def test_a_certificate_must_be_shown_unrevoked_at_the_time() -> None:
    trusted = {verdict: report(certificate_revocation=verdict).is_trusted for verdict in Verdict}
    assert trusted == {Verdict.YES: True, Verdict.ATTENTION: True, Verdict.NO: False, Verdict.UNKNOWN: False}


def test_lines_are_found_by_their_code() -> None:
    assert report(time=Verdict.NO)["time"] == Check("time", Verdict.NO)
