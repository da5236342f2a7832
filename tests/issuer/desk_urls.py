"""Every address of an institution's desk: how it is asked, and the act that a role must allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from attesta.organizations.rules import Act


@dataclass(frozen=True, slots=True)
class Row:
    """``ids``: the placeholders of the address that name a thing of the institution, and which thing each is."""

    method: str
    act: Act
    ids: Mapping[str, str]
    others: Mapping[str, object]


def row(method: str, act: Act, others: Mapping[str, object] | None = None, **ids: str) -> Row:
    return Row(method, act, ids, others or {})


GET, POST = "GET", "POST"
PAGE = {"number": 1}
ROWS: dict[str, Row] = {
    "dashboard": row(GET, Act.LOOK),
    "documents": row(GET, Act.LOOK),
    "export": row(POST, Act.EXPORT),
    "document-new": row(GET, Act.ISSUE),
    "document-new-pdf": row(GET, Act.ISSUE),
    "document-new-composed": row(GET, Act.ISSUE, template="template"),
    "document": row(GET, Act.LOOK, pk="document"),
    "document-issued": row(GET, Act.LOOK, pk="document"),
    "document-update": row(GET, Act.UPDATE, pk="document"),
    "document-update-composed": row(GET, Act.UPDATE, pk="document", template="template"),
    "document-revoke": row(GET, Act.REVOKE, pk="document"),
    "document-correct": row(GET, Act.CORRECT, pk="document"),
    "document-invite": row(POST, Act.CORRECT, pk="document"),
    "document-page": row(GET, Act.LOOK, PAGE, pk="document"),
    "document-text": row(GET, Act.LOOK, PAGE, pk="document"),
    "document-file": row(POST, Act.EXPORT, pk="document"),
    "members": row(GET, Act.LOOK),
    "member-approval": row(GET, Act.MEMBERS),
    "member-invite": row(GET, Act.MEMBERS),
    "member-role": row(GET, Act.MEMBERS, person="person"),
    "member-remove": row(GET, Act.MEMBERS, person="person"),
    "invitation-resend": row(POST, Act.MEMBERS, pk="invitation"),
    "invitation-withdraw": row(GET, Act.MEMBERS, pk="invitation"),
    "templates": row(GET, Act.LOOK),
    "template-choose": row(GET, Act.TEMPLATES),
    "template-new": row(GET, Act.TEMPLATES, {"kind": "diploma"}),
    "template": row(GET, Act.TEMPLATES, pk="template"),
    "template-picture": row(GET, Act.LOOK, pk="template"),
    "template-table": row(GET, Act.LOOK, pk="template"),
    "template-retire": row(POST, Act.TEMPLATES, pk="template"),
    "template-restore": row(POST, Act.TEMPLATES, pk="template"),
    "batches": row(GET, Act.LOOK),
    "batch-new": row(GET, Act.HAND_IN),
    "batch-table": row(GET, Act.LOOK),
    "batch": row(GET, Act.LOOK, pk="batch"),
    "batch-picture": row(GET, Act.LOOK, PAGE, pk="batch"),
    "batch-problems": row(GET, Act.EXPORT, pk="batch"),
    "batch-report": row(GET, Act.EXPORT, pk="batch"),
    "batch-take-over": row(POST, Act.HAND_IN, pk="batch"),
    "batch-approve": row(POST, Act.APPROVE, pk="batch"),
    "batch-start": row(POST, Act.HAND_IN, pk="batch"),
    "batch-pause": row(POST, Act.HAND_IN, pk="batch"),
    "batch-resume": row(POST, Act.HAND_IN, pk="batch"),
    "batch-cancel": row(GET, Act.HAND_IN, pk="batch"),
}


def address(name: str, slug: str, things: Mapping[str, object]) -> str:
    """``things`` by what they are: document, template, batch, person, invitation."""
    row = ROWS[name]
    ids = {place: things[thing] for place, thing in row.ids.items()}
    return reverse(f"issuer:{name}", kwargs={"slug": slug, **row.others, **ids})
