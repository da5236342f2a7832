"""What is printed is also there for machines, inside the same file."""

from __future__ import annotations

import json

import pytest

from attesta.credentials import twins
from attesta.credentials.composing.fields import Fields
from attesta.credentials.models import Credential, Version
from attesta.credentials.pesc import reading
from attesta.organizations.models import Organization
from tests.credentials.composing.samples import ATTESTATION, CODE, DESIGN, DIPLOMA, ISSUED, NUMBER, transcript

pytestmark = pytest.mark.once


def version() -> Version:
    issuer = Organization(name_fr=DESIGN.name_fr, name_en=DESIGN.name_en)
    credential = Credential(issuer=issuer, number=NUMBER, code=CODE, title_fr="Diplôme", title_en="Degree")
    return Version(credential=credential, issued_on=ISSUED)


def test_a_transcript_travels_as_pesc_xml() -> None:
    found = reading.read(twins.twin(transcript(), version(), DESIGN))
    assert found.transcript == transcript()
    assert (found.version, found.number, found.issued_on, found.school) == ("1.8", NUMBER, ISSUED, DESIGN.name_fr)


@pytest.mark.parametrize(("fields", "kind"), [(DIPLOMA, "diploma"), (ATTESTATION, "attestation")])
def test_others_travel_as_json(fields: Fields, kind: str) -> None:
    said = json.loads(twins.twin(fields, version(), DESIGN))
    assert (said["format"], said["kind"], said["number"], said["code"]) == ("attesta-document/1", kind, NUMBER, CODE)
    assert (said["issued_on"], said["issuer"]["name_en"]) == ("2026-06-12", DESIGN.name_en)
    assert said["fields"]["learner_name"] == "Zoé Citoyenne"


def test_the_same_version_gives_the_same_bytes() -> None:
    made = version()
    assert twins.twin(transcript(), made, DESIGN) == twins.twin(transcript(), made, DESIGN)
