"""Pages of the verifier's door: bring a file or a code; nothing that is brought is kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from attesta.credentials.composing import code as codes
from attesta.verifier import budgets, trust_roots, verification, wordings
from attesta.verifier.answers import code_address, discreet, spoken, too_many, unknown, while_readable
from attesta.verifier.forms import CodeForm, FileForm
from attesta.verifier.verification import Answer, Busy
from attesta.web import errors

HOUR = 3600
DAY = 24 * HOUR


@require_http_methods(["GET", "HEAD", "POST"])
@spoken
@while_readable
def verify(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return file(request)
    if "code" in request.GET:
        return typed(request)
    return desk(request)


@require_safe
@spoken
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """How the document stands that this code is printed on. ``?v=`` names the version in hand, as seals do."""
    answer = verification.of_code(code, version_in(request))
    if answer is None:
        return missed(request, code, timezone.now())
    return code_address(result(request, answer, timezone.now()))


@require_safe
@spoken
@while_readable
def roots(request: HttpRequest) -> HttpResponse:
    return render(request, "verifier/roots.html", {"roots": trust_roots.roots(), "lists": trust_roots.lists()})


@require_safe
@while_readable
def root(request: HttpRequest, sha256: str) -> HttpResponse:
    found = trust_roots.root(sha256)
    if found is None:
        raise Http404
    return HttpResponse(
        found.pem,
        content_type="application/x-pem-file",
        headers={
            "Content-Disposition": f'attachment; filename="attesta-root-{found.sha256[:16]}.pem"',
            "Cache-Control": f"public, max-age={DAY}",
        },
    )


@require_safe
@while_readable
def revocation_list(request: HttpRequest, slug: str) -> HttpResponse:
    """RFC 2585, section 4.2. A revocation is in the list at once: whoever keeps it asks again within the hour."""
    found = trust_roots.revocation_list(slug)
    if found is None:
        raise Http404
    return HttpResponse(
        found,
        content_type="application/pkix-crl",
        headers={
            "Content-Disposition": f'attachment; filename="attesta-{slug}.crl"',
            "Cache-Control": f"public, max-age={HOUR}",
        },
    )


def file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return desk(request, file_form=form)
    content, now = form.cleaned_data["file"].read(), timezone.now()
    answer = verification.of_issued(content)
    if answer is None:
        if not budgets.spend_examination(request, now):
            return too_many(request)
        try:
            answer = verification.of_unknown(content, now=now)
        except Busy:
            return errors.busy()
    return discreet(result(request, answer, now))


def typed(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET)
    if not form.is_valid():
        return desk(request, code_form=form)
    return discreet(redirect("verifier:printed", form.cleaned_data["code"]))


def desk(request: HttpRequest, *, file_form: Form | None = None, code_form: Form | None = None) -> HttpResponse:
    context = {"file_form": file_form or FileForm(), "code_form": code_form or CodeForm()}
    wrong = file_form is not None or code_form is not None
    return discreet_if(wrong, render(request, "verifier/verify.html", context, status=422 if wrong else 200))


def discreet_if(wrong: bool, response: HttpResponse) -> HttpResponse:
    return discreet(response) if wrong else response


def result(request: HttpRequest, answer: Answer, now: datetime) -> HttpResponse:
    context = {"answer": answer, "words": wordings.words(answer), "now": now, "file_form": FileForm()}
    return render(request, "verifier/result.html", context)


def missed(request: HttpRequest, code: str, now: datetime) -> HttpResponse:
    """Only what could have been a code is a guess: a misread one is caught by its own check character."""
    if codes.normal(code) and not budgets.spend_guess(request, now):
        return too_many(request)
    return unknown(request)


def version_in(request: HttpRequest) -> UUID | None:
    with suppress(ValueError):
        return UUID(request.GET.get("v", ""))
    return None
