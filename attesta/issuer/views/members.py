"""Who acts for the institution: the list, and what administrators do to it."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attesta.accounts.proofs import FACTORS
from attesta.issuer import typed
from attesta.issuer.forms.members import FIELDS, ApprovalForm, InviteForm, RoleForm
from attesta.issuer.gates import StaffRequest, staff
from attesta.organizations import actions
from attesta.organizations.models import Invitation, Membership, Organization
from attesta.organizations.rules import Act, Refused
from attesta.web.dates import moment


@require_safe
@staff(Act.LOOK)
def members(request: StaffRequest) -> HttpResponse:
    invitations = request.organization.invitations.select_related("invited_by").order_by("email")
    context = {
        "members": everyone(request),
        "invitations": invitations if Act.MEMBERS in request.acts else [],
        "decides": Act.MEMBERS in request.acts,
        "kept": {"above": request.organization.most_alone, "before": request.organization.approval_mark},
    }
    return render(request, "issuer/members/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.MEMBERS)
def invite(request: StaffRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else typed.take(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite(organization=request.organization, by=request.person, **form.cleaned_data)
        except Refused as problem:
            form.add_error(FIELDS.get(problem.code), str(problem))
        else:
            messages.success(request, welcome(made))
            return redirect("issuer:members", request.organization.slug)
    return render(request, "issuer/members/invite.html", {"form": form})


def welcome(made: Membership | Invitation) -> str:
    if isinstance(made, Invitation):
        text = _("An invitation is on its way to %(email)s. The role is theirs once they have confirmed that address.")
        return text % {"email": made.email}
    return _("%(name)s had an account and acts for the institution from now on.") % {"name": made.person}


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.MEMBERS)
def change_role(request: StaffRequest, person: UUID) -> HttpResponse:
    membership = member(request, person)
    data = request.POST if request.method == "POST" else typed.take(request)
    form = RoleForm(data, initial={"role": membership.role, "before": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(membership=membership, by=request.person, **form.cleaned_data)
        except Refused as problem:
            show_anew(form, problem, before=role_now(request, person))
        else:
            messages.success(request, _("The role of %(name)s is saved.") % {"name": membership.person})
            return redirect("issuer:members", request.organization.slug)
    return render(request, "issuer/members/role.html", {"form": form, "membership": membership})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.MEMBERS)
def remove(request: StaffRequest, person: UUID) -> HttpResponse:
    """Asked first."""
    membership = member(request, person)
    if request.method != "POST":
        return render(request, "issuer/members/remove.html", {"membership": membership})
    try:
        actions.remove(membership=membership, by=request.person)
    except Refused as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("%(name)s no longer acts for the institution.") % {"name": membership.person})
    return redirect("issuer:members", request.organization.slug)


@require_POST
@staff(Act.MEMBERS, button=True)
def invite_again(request: StaffRequest, pk: UUID) -> HttpResponse:
    invitation = invited(request, pk)
    try:
        actions.invite_again(invitation=invitation, by=request.person)
    except Refused as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("The invitation is on its way to %(email)s again.") % {"email": invitation.email})
    return redirect("issuer:members", request.organization.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.MEMBERS)
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Asked first."""
    invitation = invited(request, pk)
    if request.method != "POST":
        return render(request, "issuer/members/withdraw.html", {"invitation": invitation})
    try:
        actions.withdraw(invitation=invitation, by=request.person)
    except Refused as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("issuer:members", request.organization.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.MEMBERS)
def approval(request: StaffRequest) -> HttpResponse:
    """From how many documents on a batch needs two people."""
    organization = request.organization
    data = request.POST if request.method == "POST" else typed.take(request)
    form = ApprovalForm(data, initial={"above": organization.most_alone, "before": organization.approval_mark})
    if request.method == "POST" and form.is_valid():
        try:
            decided = actions.change_approval(organization=organization, by=request.person, **form.cleaned_data)
        except Refused as problem:
            show_anew(form, problem, before=organization.approval_mark)
        else:
            messages.success(request, decided_words(decided))
            return redirect("issuer:members", organization.slug)
    return render(request, "issuer/members/approval.html", {"form": form})


def decided_words(organization: Organization) -> str:
    if organization.rising_to is None:
        return _("Saved. Batches that wait for a second person already go on waiting.")
    words = {"above": number_format(organization.rising_to, force_grouping=True)}
    words["moment"] = moment(organization.approval_rises_at)
    return _("Saved. %(above)s counts from %(moment)s on; the other administrators are told.") % words


def show_anew(form: RoleForm | ApprovalForm, problem: Refused, *, before: str) -> None:
    """What was typed stays; whoever saves once more has seen what is there now."""
    form.add_error(None, str(problem))
    form.data = {name: str(form.data.get(name) or "") for name in form.fields} | {"before": before}


def role_now(request: StaffRequest, person: UUID) -> str:
    return request.organization.memberships.filter(person=person).values_list("role", flat=True).first() or ""


def everyone(request: StaffRequest) -> QuerySet[Membership]:
    """With whether they have a second factor (``has_factor``)."""
    factors = Authenticator.objects.filter(user=OuterRef("person"), type__in=FACTORS)
    rows = request.organization.memberships.select_related("person").annotate(has_factor=Exists(factors))
    return rows.order_by("person__name", "person__email")


def member(request: StaffRequest, person: UUID) -> Membership:
    return get_object_or_404(request.organization.memberships.select_related("person", "organization"), person=person)


def invited(request: StaffRequest, pk: UUID) -> Invitation:
    return get_object_or_404(request.organization.invitations.select_related("organization"), pk=pk)
