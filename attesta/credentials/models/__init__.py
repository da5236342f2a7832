"""Credentials and their versions, what they are sealed with and composed from, and batches of them."""

from attesta.credentials.models.batch import Batch, BatchState, Problem, Row, RowState
from attesta.credentials.models.credential import Credential, Kind, Page, Source, Version
from attesta.credentials.models.renewal import Renewal
from attesta.credentials.models.seal import SealingCertificate
from attesta.credentials.models.tally import Tally, TallyCursor, Term
from attesta.credentials.models.template import Template, TemplateKind

__all__ = [
    "Batch",
    "BatchState",
    "Credential",
    "Kind",
    "Page",
    "Problem",
    "Renewal",
    "Row",
    "RowState",
    "SealingCertificate",
    "Source",
    "Tally",
    "TallyCursor",
    "Template",
    "TemplateKind",
    "Term",
    "Version",
]
