"""An institution with its templates, and a batch handed in."""

from __future__ import annotations

from typing import Protocol

import pytest

from attesta.accounts.models import Person
from attesta.credentials.batches import actions, checking, rules
from attesta.credentials.models import Batch, Template, TemplateKind
from attesta.organizations.models import Organization
from tests.credentials.batches import files
from tests.harness import cast


class HandIn(Protocol):
    def __call__(self, file: bytes, *, template: Template | None = None, quiet: bool = False) -> Batch: ...


@pytest.fixture
def hand_in(institution: Organization, registrar: Person) -> HandIn:
    """``hand_in(file)``: handed in by the registrar and checked."""

    def given(file: bytes, *, template: Template | None = None, quiet: bool = False) -> Batch:
        form = rules.form_of(file[:8], with_template=template is not None)
        batch = actions.hand_in(
            issuer=institution, form=form, file=file, file_name="lot", template=template, quiet=quiet, by=registrar
        )
        return checking.check(batch)

    return given


@pytest.fixture
def diploma_template(institution: Organization) -> Template:
    return template_of(institution, TemplateKind.DIPLOMA)


@pytest.fixture
def transcript_template(institution: Organization) -> Template:
    return template_of(institution, TemplateKind.TRANSCRIPT)


@pytest.fixture
def attestation_template(institution: Organization) -> Template:
    return template_of(institution, TemplateKind.ATTESTATION)


@pytest.fixture
def three_pdfs(hand_in: HandIn) -> Batch:
    """Checked and ready."""
    return hand_in(files.pdfs(3))


@pytest.fixture
def director(institution: Organization) -> Person:
    """Another member of the staff, who approves."""
    return cast.registrar(institution, "director@example.org")


def template_of(issuer: Organization, kind: TemplateKind) -> Template:
    name = kind.value.title()
    return Template.objects.create(issuer=issuer, kind=kind, name=name, title_fr=f"{name} fr", title_en=f"{name} en")
