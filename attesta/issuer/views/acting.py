"""What is done to one document without a new file: revoke it, correct where it goes, invite its learner again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.credentials.rules import Refused
from attesta.issuer import typed
from attesta.issuer.forms.acts import CorrectForm, RevokeForm
from attesta.issuer.forms.complaints import complain
from attesta.issuer.gates import StaffRequest, staff
from attesta.issuer.views.document import issued, to_document
from attesta.organizations.rules import Act
from attesta.web.languages import language


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.REVOKE)
def revoke(request: StaffRequest, pk: UUID) -> HttpResponse:
    credential = issued(request, pk)
    if credential.revoked_at:
        messages.info(request, _("“%(title)s” is revoked.") % titled(credential))
        return to_document(request, pk)
    form = RevokeForm(sent(request), initial={"version": credential.latest})
    page = "issuer/document/revoke.html"
    if not form.is_valid() or request.method != "POST":
        return show(request, page, credential, form)
    if form.cleaned_data["version"] != credential.latest:
        again = RevokeForm({**typed_in(form), "version": str(credential.latest)})
        return show(request, page, credential, again, status=409, stale=True)
    values = form.cleaned_data
    try:
        actions.revoke(
            credential=credential, reason=values["reason"], shown=values["shown"] == "all", by=request.person
        )
    except Refused as problem:
        complain(form, problem)
        return show(request, page, credential, form, status=422)
    text = _("“%(title)s” is revoked. Its learner is told by email.")
    if credential.release_due_at:  # nobody had heard of it
        text = _("“%(title)s” is revoked. It was never released: its learner is told nothing.")
    messages.success(request, text % titled(credential))
    return to_document(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.CORRECT)
def correct(request: StaffRequest, pk: UUID) -> HttpResponse:
    credential = issued(request, pk)
    form = CorrectForm(sent(request), initial={"before": credential.learner_email})
    page = "issuer/document/correct.html"
    heard = actions.heard(credential)
    if not form.is_valid() or request.method != "POST":
        return show(request, page, credential, form, heard=heard)
    values = form.cleaned_data
    if values["email"].lower() == credential.learner_email:  # a second press, or nothing to do
        messages.info(request, _("The document goes to %(email)s.") % {"email": credential.learner_email})
        return to_document(request, pk)
    if values["before"] != credential.learner_email:
        again = CorrectForm({**typed_in(form), "before": credential.learner_email})
        return show(request, page, credential, again, status=409, stale=True, heard=heard)
    try:
        corrected = actions.correct_address(credential=credential, email=values["email"], by=request.person)
    except Refused as problem:
        complain(form, problem)
        return show(request, page, credential, form, status=422, heard=heard)
    text = _("From now on the document goes to %(email)s. The old address is told that it no longer does.")
    if not heard:
        text = _("The document goes to %(email)s.")
    messages.success(request, text % {"email": corrected.learner_email})
    return to_document(request, pk)


@require_POST
@staff(Act.CORRECT, button=True)
def invite(request: StaffRequest, pk: UUID) -> HttpResponse:
    credential = issued(request, pk)
    try:
        actions.invite_again(credential=credential, by=request.person)
    except Refused as problem:
        messages.warning(request, str(problem))
    else:
        text = _("The invitation is on its way to %(email)s again.")
        messages.success(request, text % {"email": credential.learner_email})
    return to_document(request, pk)


def sent(request: StaffRequest) -> Any:
    """What was posted; or what was typed before the person had to sign in again."""
    return request.POST if request.method == "POST" else typed.take(request)


def typed_in(form: forms.Form) -> dict[str, str]:
    return {name: str(form.data.get(name) or "") for name in form.fields}


def show(
    request: StaffRequest, page: str, credential: Credential, form: Any, *, status: int = 200, **more: bool
) -> HttpResponse:
    return render(request, page, {"credential": credential, "form": form, "stale": False, **more}, status=status)


def titled(credential: Credential) -> dict[str, str]:
    return {"title": credential.title(language())}
