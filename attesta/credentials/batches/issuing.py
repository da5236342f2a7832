"""A document of a batch becomes a credential, through the same actions as every other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from attesta.accounts.models import Person
from attesta.credentials import actions, rules
from attesta.credentials.actions import issuing, making
from attesta.credentials.batches.documents import Composed, Document
from attesta.credentials.models import Batch, Credential, Source, Template
from attesta.credentials.rules import Draft
from attesta.organizations.days import today
from attesta.organizations.models import Organization


class Terms(TypedDict):
    by: Person | None
    quiet: bool
    release_at: datetime | None


def issue(document: Document, batch: Batch) -> Credential:
    """Idempotent by the document's number. Raises Refused."""
    draft, terms = document.draft, _terms(batch)
    if isinstance(document, Composed):
        assert batch.template
        return actions.issue_composed(
            issuer=batch.issuer,
            template=batch.template,
            fields=document.fields,
            learner_email=draft.learner_email,
            learner_name=_learner_name(document),
            number=draft.number,
            issued_on=draft.issued_on,
            expires_on=draft.expires_on,
            source=Source.PESC if document.is_pesc else Source.FIELDS,
            **terms,
        )
    return actions.issue(
        issuer=batch.issuer,
        learner_email=draft.learner_email,
        learner_name=draft.learner_name,
        title_fr=draft.title_fr,
        title_en=draft.title_en,
        issued_on=draft.issued_on,
        expires_on=draft.expires_on,
        number=draft.number,
        pdf=document.pdf,
        **terms,
    )


def issued_before(document: Document, issuer: Organization, template: Template | None) -> Credential | None:
    """The credential that this very document already is. Raises Refused when its number is another's."""
    draft = rules.tidied(_complete(document, template))
    if isinstance(document, Composed):
        assert template
        return issuing.issued_before(issuer, draft, making.digest_of(document.fields, template))
    return issuing.issued_before(issuer, draft, making.digest(document.pdf))


def draft_refusal(document: Document, template: Template | None) -> rules.Refusal | None:
    """What the act itself would say; a last look at what the columns did not tell."""
    return rules.issue_refusal(rules.tidied(_complete(document, template)), today())


def _complete(document: Document, template: Template | None) -> Draft:
    """With what a composed document's fields and template tell of it."""
    if not isinstance(document, Composed):
        return document.draft
    assert template
    title_fr, title_en = making.titles(document.fields, template)
    return replace(document.draft, title_fr=title_fr, title_en=title_en, learner_name=_learner_name(document))


def _learner_name(document: Composed) -> str:
    return document.draft.learner_name or document.fields.learner_name


def _terms(batch: Batch) -> Terms:
    return {"by": batch.started_by, "quiet": batch.quiet, "release_at": batch.release_at}
