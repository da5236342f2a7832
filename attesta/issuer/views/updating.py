"""A corrected document: a new version from a PDF or by a template, which every share shows from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attesta.credentials import actions
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Credential, Template
from attesta.credentials.rules import Refusal, Refused
from attesta.issuer.drafts import Draft
from attesta.issuer.forms.composing import ComposedUpdateForm
from attesta.issuer.forms.issuing import PdfUpdateForm, UpdateForm
from attesta.issuer.gates import StaffRequest, staff
from attesta.issuer.views import flows
from attesta.issuer.views.acting import titled
from attesta.issuer.views.document import issued, to_document
from attesta.issuer.views.issuing import template_of, templates_of, withdrawn
from attesta.organizations.days import today
from attesta.organizations.rules import Act
from attesta.web.filters import number_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.UPDATE, keeps=True)
def update(request: StaffRequest, pk: UUID) -> HttpResponse:
    return begin(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.UPDATE, keeps=True)
def update_composed(request: StaffRequest, pk: UUID, template: UUID) -> HttpResponse:
    return begin(request, pk, template_of(request, template))


def begin(request: StaffRequest, pk: UUID, template: Template | None = None) -> HttpResponse:
    credential = issued(request, pk)
    if credential.revoked_at:
        messages.info(request, _("“%(title)s” is revoked and no longer changes.") % titled(credential))
        return to_document(request, pk)
    turned = withdrawn(request, template, "issuer:document-update", pk)
    return turned or flows.tell(request, Update(request, credential, template))


@dataclass(frozen=True, slots=True)
class Update:
    """A story for ``flows``."""

    request: StaffRequest
    credential: Credential
    template: Template | None = None
    page: str = "issuer/issue/update.html"

    def form(self, typed: Mapping[str, str] | None, *, kept: bool) -> UpdateForm:
        initial = {"issued_on": today(), "version": self.credential.latest}
        if self.template:
            initial["learner_name"] = self.credential.learner_name
            return ComposedUpdateForm(typed, kind=DocumentKind(self.template.kind), initial=initial)
        return PdfUpdateForm(typed, credential=self.credential, kept=kept, initial=initial)

    def context(self, draft: Draft, form: forms.Form) -> dict[str, Any]:
        seen = str(form.data.get("version") or self.credential.latest) if form.is_bound else str(self.credential.latest)
        return {
            "steps": [_("Content"), _("Review")],
            "credential": self.credential,
            "templates": templates_of(self.request),
            "stale": seen != str(self.credential.latest),
            "newest": self.credential.versions.first(),
        }

    def proof(self, form: forms.Form) -> bytes:
        assert self.template
        return flows.composed_proof(self.template, form, number=self.credential.number)

    def act(self, draft: Draft, form: forms.Form, content: bytes) -> HttpResponse:
        """A second press of the same button finds its version made."""
        shared: dict[str, Any] = {name: form.cleaned_data[name] for name in ("reason", "issued_on")}
        shared |= {"credential": self.credential, "by": self.request.person, "seen": self.seen(form)}
        try:
            self.write(form, content, shared)
        except Refused as problem:
            if problem.code is not Refusal.CHANGED_MEANWHILE:
                raise
            self.credential.refresh_from_db()
            shown = self.proof(form) if self.template else content
            return flows.show_review(self.request, self, draft, form, shown, status=409)
        messages.success(self.request, updated(self.credential) % titled(self.credential))
        return to_document(self.request, self.credential.pk)

    def seen(self, form: forms.Form) -> int:
        """The version that is replaced knowingly: the form's, or the newer one that a review told of."""
        return number_of(self.request.POST.get("newer")) or int(form.cleaned_data["version"])

    def write(self, form: forms.Form, content: bytes, shared: dict[str, Any]) -> None:
        if self.template:
            actions.update_composed(template=self.template, fields=flows.said(form), **shared)
        else:
            assert isinstance(form, PdfUpdateForm)
            actions.update(pdf=content, **form.corrections(), **shared)


def updated(credential: Credential) -> str:
    """Its learner is told of nothing before its release."""
    if credential.release_due_at:
        return _("“%(title)s” is updated. It waits for its release: its learner is not told of the update.")
    return _("“%(title)s” is updated. Its shares show the new version from now on, and its learner is told.")
