"""Who may pass to an institution's desk: its own staff, by a second factor, in a role that may do what the page does.

``@staff(Act.ISSUE)`` takes the institution's slug out of the address. Behind it, ``request.organization`` is the only
institution there is: pages fetch through ``of_issuer(request.organization)``, and what is another's is not there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from attesta.accounts.models import Person
from attesta.accounts.proofs import FACTORS, last_sign_in
from attesta.accounts.rules import is_recent
from attesta.issuer import rules, typed
from attesta.issuer.signals import DESK
from attesta.organizations.models import Membership, Organization
from attesta.organizations.rules import Act, acts, may
from attesta.web.gates import PersonRequest, page_behind, signed_in

INTERRUPTED = "issuer_interrupted"
NAMED = 5
"""Colleagues whom a page names that says who may."""


class StaffRequest(PersonRequest):
    """A request that passed ``staff``. ``acts``: what the member's role may do."""

    membership: Membership
    organization: Organization
    acts: frozenset[Act]


type Answer = HttpResponseBase


def staff[**P](
    act: Act, *, button: bool = False, keeps: bool = False
) -> Callable[[Callable[Concatenate[StaffRequest, P], Answer]], Callable[..., Answer]]:
    """In this order: signed in (else sign in), a member (else 404), a second factor, the role, a recent sign-in.

    ``button``: the address is a button's and shows nothing; whoever has to sign in again comes back to its page.
    ``keeps``: the page keeps what is posted, files too, and does nothing before it is confirmed (``act=confirm``).
    """

    def guard(view: Callable[Concatenate[StaffRequest, P], Answer]) -> Callable[..., Answer]:
        @wraps(view)
        @signed_in
        def gate(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            slug = str(kwargs.pop("slug"))
            membership = membership_of(request.person, slug)
            if membership is None:
                raise Http404
            passed = cast(StaffRequest, request)
            passed.membership, passed.organization = membership, membership.organization
            passed.acts = acts(membership.role)
            refusal = unproved(passed, membership) or not_allowed(passed, act) or not_recent(passed, act, button, keeps)
            if refusal:
                return refusal
            remember(passed)
            tell_interrupted(passed)
            return view(passed, *args, **kwargs)

        return gate

    return guard


def membership_of(person: Person, slug: str) -> Membership | None:
    """With its institution, and whether the person has a second factor (``has_factor``), in one query."""
    factors = Authenticator.objects.filter(user=OuterRef("person"), type__in=FACTORS)
    rows = Membership.objects.filter(person=person, organization__slug=slug, organization__is_issuer=True)
    return rows.select_related("organization").annotate(has_factor=Exists(factors)).first()


def unproved(request: StaffRequest, membership: Membership) -> HttpResponse | None:
    """A page that says why a second factor is needed, and how to add one."""
    if membership.has_factor:  # type: ignore[attr-defined]
        return None
    return render(request, "issuer/factor.html", {"organization": request.organization}, status=403)


def not_allowed(request: StaffRequest, act: Act) -> HttpResponse | None:
    """A page that says who of the institution may."""
    if act in request.acts:
        return None
    members = Membership.objects.filter(organization=request.organization).select_related("person").order_by("pk")
    able = [member.person for member in members[:200] if may(member.role, act)]
    return render(request, "issuer/not_allowed.html", {"able": able[:NAMED], "act": act}, status=403)


def not_recent(request: StaffRequest, act: Act, button: bool, keeps: bool) -> HttpResponse | None:
    """To the sign-in, and back. What was typed is kept: the page shows it again, and nothing was done."""
    if not rules.must_be_recent(act) or is_recent(last_sign_in(request, request.person), time.time()):
        return None
    there = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        if keeps and request.POST.get("act") != "confirm":
            return None
        if button:
            there = page_behind(request)
        elif not keeps:
            typed.keep(request)
        request.session[INTERRUPTED] = True
    ways = get_adapter().get_reauthentication_methods(request.person)
    address = f"{ways[0]['url']}?{urlencode({'next': there})}"
    if getattr(request, "htmx", False):
        return cast(HttpResponse, HttpResponseClientRedirect(address))
    return HttpResponseRedirect(address)


def remember(request: StaffRequest) -> None:
    """For a session that is older than the membership."""
    if DESK not in request.session:
        request.session[DESK] = True


def tell_interrupted(request: StaffRequest) -> None:
    if request.session.pop(INTERRUPTED, False):
        messages.info(request, _("You signed in again. Nothing was done meanwhile: check, and confirm once more."))
