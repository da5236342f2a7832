"""One new document, from a PDF or by a template. The draft's id becomes its own: pressed twice, it is issued once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attesta.credentials import actions
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Credential, Template
from attesta.issuer.drafts import Draft
from attesta.issuer.forms.composing import ComposedForm
from attesta.issuer.forms.issuing import DocumentForm, PdfForm
from attesta.issuer.gates import StaffRequest, staff
from attesta.issuer.views import flows
from attesta.issuer.views.document import issued as issued_here
from attesta.organizations.days import today
from attesta.organizations.rules import Act

BEFORE = "before"
"""In the address of what was issued earlier, and now only found again."""


@require_safe
@staff(Act.ISSUE)
def choose(request: StaffRequest) -> HttpResponse:
    """From a PDF, or by which template?"""
    return render(request, "issuer/issue/choose.html", {"templates": templates_of(request)})


def templates_of(request: StaffRequest) -> list[Template]:
    return list(request.organization.templates.filter(retired_at=None).order_by("name"))


def template_of(request: StaffRequest, pk: UUID) -> Template:
    """Another institution's template is not there."""
    return get_object_or_404(Template.objects.filter(issuer=request.organization).select_related("issuer"), pk=pk)


def withdrawn(request: StaffRequest, template: Template | None, page: str, *args: UUID) -> HttpResponse | None:
    """A retired template makes nothing new: to ``page``, where another one is chosen."""
    if template is None or template.retired_at is None:
        return None
    text = _("The template “%(name)s” was retired: nothing new is made with it. Choose another one, or a PDF.")
    messages.warning(request, text % {"name": template.name})
    return redirect(page, request.organization.slug, *args)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.ISSUE, keeps=True)
def new_pdf(request: StaffRequest) -> HttpResponse:
    return begin(request, Issue(request))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.ISSUE, keeps=True)
def new_composed(request: StaffRequest, template: UUID) -> HttpResponse:
    return begin(request, Issue(request, template_of(request, template)))


def begin(request: StaffRequest, story: Issue) -> HttpResponse:
    """A draft that was issued is done, whichever of its pages is asked for again; another's is not there."""
    key = flows.draft_key(request)
    issuer = Credential.objects.filter(pk=key).values_list("issuer", flat=True).first() if key else None
    if issuer == request.organization.pk:
        return redirect("issuer:document-issued", request.organization.slug, key)
    if issuer:
        raise Http404
    return withdrawn(request, story.template, "issuer:document-new") or flows.tell(request, story)


@dataclass(frozen=True, slots=True)
class Issue:
    """A story for ``flows``."""

    request: StaffRequest
    template: Template | None = None
    page: str = "issuer/issue/page.html"

    def form(self, typed: Mapping[str, str] | None, *, kept: bool) -> DocumentForm:
        initial = {"issued_on": today()}
        if self.template:
            return ComposedForm(typed, kind=DocumentKind(self.template.kind), initial=initial)
        return PdfForm(typed, kept=kept, initial=initial)

    def context(self, draft: Draft, form: forms.Form) -> dict[str, Any]:
        return {"steps": [_("Kind"), _("Content"), _("Review")]}

    def proof(self, form: forms.Form) -> bytes:
        assert self.template
        return flows.composed_proof(self.template, form, number=form.cleaned_data["number"])

    def act(self, draft: Draft, form: forms.Form, content: bytes) -> HttpResponse:
        assert isinstance(form, DocumentForm)
        shared = {"issuer": self.request.organization, "by": self.request.person, "key": draft.id, **form.values()}
        if self.template:
            made = actions.issue_composed(template=self.template, fields=flows.said(form), **shared)
        else:
            made = actions.issue(pdf=content, **shared)
        there = reverse("issuer:document-issued", args=[self.request.organization.slug, made.pk])
        return redirect(there if made.pk == draft.id else f"{there}?{BEFORE}=1")


@require_safe
@staff(Act.LOOK)
def done(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What was revoked since, as when Back leads here, is not said to be issued."""
    credential = issued_here(request, pk)
    if credential.revoked_at:
        return redirect("issuer:document", request.organization.slug, pk)
    version = credential.versions.get(number=credential.latest)
    context = {"credential": credential, "version": version, "before": BEFORE in request.GET}
    return render(request, "issuer/issue/done.html", context)
