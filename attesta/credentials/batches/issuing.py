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
            learner_name=draft.learner_name or document.fields.learner_name,
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
    draft = rules.tidied(document.draft)
    if isinstance(document, Composed):
        assert template
        draft = replace(draft, title_fr=template.title_fr, title_en=template.title_en)
        return issuing.issued_before(issuer, draft, making.digest_of(document.fields, template))
    return issuing.issued_before(issuer, draft, making.digest(document.pdf))


def draft_refusal(draft: Draft, template: Template | None) -> rules.Refusal | None:
    """What the act itself would say; a last look at what the columns did not tell."""
    if template:
        draft = replace(draft, title_fr=template.title_fr, title_en=template.title_en)
    return rules.issue_refusal(rules.tidied(draft), making.today())


def _terms(batch: Batch) -> Terms:
    return {"by": batch.started_by, "quiet": batch.quiet, "release_at": batch.release_at}
