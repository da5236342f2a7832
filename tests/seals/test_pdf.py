"""A sealed PDF as others see it: every tool that we did not write."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.status import SignatureCoverageLevel

from tests.seals.checkers import Checkers, conforms, signature_of
from tests.seals.office import LABEL, LOCATION, REASON, Office

pytestmark = pytest.mark.once

type CheckersOf = Callable[[Office], Checkers]


def test_every_tool_agrees_on_a_composed_diploma(any_office: Office, checkers: CheckersOf, diploma: bytes) -> None:
    sealed = any_office.seal(diploma)
    checkers(any_office).all_agree(sealed)
    assert conforms(sealed) == {}


def test_every_tool_agrees_on_a_composed_transcript(
    any_office: Office, checkers: CheckersOf, transcript: bytes
) -> None:
    sealed = any_office.seal(transcript)
    checkers(any_office).all_agree(sealed)
    assert conforms(sealed) == {}


def test_a_seal_is_one_revision_certified_against_any_change(office: Office, diploma: bytes) -> None:
    sealed = office.seal(diploma)
    reader = PdfFileReader(BytesIO(sealed))
    embedded = signature_of(reader)
    embedded.compute_integrity_info()
    assert reader.xrefs.total_revisions == 1
    assert sealed.count(b"%%EOF") == 1
    assert embedded.docmdp_level == MDPPerm.NO_CHANGES
    assert embedded.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert reader.root["/Perms"]["/DocMDP"].get_object() == embedded.sig_object


def test_a_seal_says_when_why_who_and_where(office: Office, diploma: bytes) -> None:
    with pikepdf.open(BytesIO(office.seal(diploma))) as document:
        field = document.Root.AcroForm.Fields[0]
        said = {str(key): str(value) for key, value in field.V.items() if str(key) in {"/Reason", "/Name", "/Location"}}
        assert said == {"/Reason": REASON, "/Name": "Université du Fleuve", "/Location": LOCATION}
        assert str(field.V.M) == office.now.strftime("D:%Y%m%d%H%M%S+00'00'")
        assert str(field.TU) == LABEL
