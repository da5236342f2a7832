"""How the institution's documents look and are worded: the list, a page of fields with its picture, in use or not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attesta.credentials import specimens
from attesta.credentials.actions import templates as actions
from attesta.credentials.actions.templates import Invalid, Stale
from attesta.credentials.batches import querysets
from attesta.credentials.composing import fields
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.composing.words import placeholders
from attesta.credentials.models import Template, TemplateKind
from attesta.credentials.pdf import Undrawable
from attesta.issuer import tables
from attesta.issuer.forms.templates import TemplateForm, wordings
from attesta.issuer.gates import StaffRequest, staff
from attesta.issuer.kinds import KINDS
from attesta.organizations.rules import Act
from attesta.web import files
from attesta.web.languages import language


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What may stand in braces, what it means, and an example."""

    name: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    typed: str
    saved: str


@require_safe
@staff(Act.LOOK)
def templates(request: StaffRequest) -> HttpResponse:
    found = request.organization.templates.order_by("name")
    context = {
        "kinds": KINDS,
        "used": [each for each in found if each.retired_at is None],
        "retired": [each for each in found if each.retired_at],
        "keeps": Act.TEMPLATES in request.acts,
    }
    return render(request, "issuer/templates/list.html", context)


@require_safe
@staff(Act.LOOK)
def picture(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Its first page, with the facts of nobody."""
    try:
        drawn = specimens.picture(owned(request, pk))
    except Undrawable:
        return HttpResponse(status=503)
    return files.answer(drawn.image, files.WEBP)


@require_safe
@staff(Act.LOOK)
def table(request: StaffRequest, pk: UUID) -> HttpResponse:
    """An empty table with the right columns; ``?example=1``: with invented rows."""
    template = owned(request, pk)
    content = tables.of_kind(DocumentKind(template.kind), example="example" in request.GET)
    return files.download(content.encode(), tables.CSV, f"{template.name}.csv")


@require_safe
@staff(Act.TEMPLATES)
def choose(request: StaffRequest) -> HttpResponse:
    """Which kind first: it decides what there is to fill in."""
    return render(request, "issuer/templates/choose.html", {"kinds": KINDS})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.TEMPLATES)
def create(request: StaffRequest, kind: str) -> HttpResponse:
    if kind not in TemplateKind:
        raise Http404
    template = Template(issuer=request.organization, kind=TemplateKind(kind))
    if request.method != "POST":
        return page(request, template, TemplateForm(template=template))
    form = TemplateForm(request.POST, request.FILES, template=template)
    if not sound(template, form) or "preview" in request.POST:
        return page(request, template, form)
    try:
        made = actions.create_template(issuer=request.organization, kind=kind, draft=form.draft(), by=request.person)
    except Invalid as problem:  # a colleague took the name at this very moment
        form.complain(problem)
        return page(request, template, form)
    messages.success(request, _("The template “%(name)s” is ready to be used.") % {"name": made.name})
    return redirect("issuer:template", request.organization.slug, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Act.TEMPLATES)
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    template = owned(request, pk)
    if request.method != "POST":
        return page(request, template, TemplateForm(template=template))
    form = TemplateForm(request.POST, request.FILES, template=template)
    if not sound(template, form) or "preview" in request.POST:
        return page(request, template, form)
    version = form.cleaned_data["version"]
    try:
        saved = actions.edit_template(template=template, version=version, draft=form.draft(), by=request.person)
    except Invalid as problem:
        form.complain(problem)
        return page(request, template, form)
    if isinstance(saved, Stale):
        return stale(request, saved.current, form)
    messages.success(request, _("The template “%(name)s” is saved. New documents look so.") % {"name": saved.name})
    return redirect("issuer:template", request.organization.slug, pk)


def sound(template: Template, form: TemplateForm) -> bool:
    """What the form cannot know stands beside its fields: a name that is taken, a drawing that acts."""
    if not form.is_valid():
        return False
    try:
        actions.drafted(template, form.draft())
    except Invalid as problem:
        form.complain(problem)
    return form.is_valid()


@require_POST
@staff(Act.TEMPLATES, button=True)
def retire(request: StaffRequest, pk: UUID) -> HttpResponse:
    done = actions.retire_template(template=owned(request, pk), by=request.person)
    messages.success(request, _("Nothing new is made with “%(name)s”.") % {"name": done.name})
    return redirect("issuer:templates", request.organization.slug)


@require_POST
@staff(Act.TEMPLATES, button=True)
def restore(request: StaffRequest, pk: UUID) -> HttpResponse:
    done = actions.restore_template(template=owned(request, pk), by=request.person)
    messages.success(request, _("“%(name)s” is in use again.") % {"name": done.name})
    return redirect("issuer:templates", request.organization.slug)


def owned(request: StaffRequest, pk: UUID) -> Template:
    return get_object_or_404(request.organization.templates.select_related("issuer"), pk=pk)


def page(
    request: StaffRequest, template: Template, form: TemplateForm, status: int = 200, **more: object
) -> HttpResponse:
    kind = DocumentKind(template.kind)
    context = {
        "template": template,
        "form": form,
        "kind": KINDS[TemplateKind(kind)],
        "placeholders": explained(kind) if wordings(kind) else [],
        "picture": drafted(template, form),
        "batches": querysets.made_with(template).count(),
        **more,
    }
    return render(request, "issuer/templates/edit.html", context, status=status)


def stale(request: StaffRequest, current: Template, form: TemplateForm) -> HttpResponse:
    """Both values, side by side. What was typed stays in the form, which now answers to the newer version."""
    kept = TemplateForm({**dict(form.data.items()), "version": str(current.version)}, template=current)
    return page(request, current, kept, 409, stale=True, differences=differences(current, form))


def differences(current: Template, form: TemplateForm) -> list[Difference]:
    saved = TemplateForm(template=current)
    pairs = [(name, str(form.cleaned_data.get(name) or ""), str(saved.initial.get(name) or "")) for name in form.fields]
    apart = [(name, new, now) for name, new, now in pairs if new != now and name not in UNCOMPARED]
    return [Difference(str(form.fields[name].label), new, now) for name, new, now in apart]


UNCOMPARED = {"version", "crest", "crest_file", "remove_crest"}


def drafted(template: Template, form: TemplateForm) -> str:
    """The picture of what is typed and not saved, as an address of its own; empty when there is none to show."""
    if form.is_bound and not form.is_valid():
        return ""
    try:
        shown = actions.drafted(template, form.draft()) if form.is_bound else template
        drawn = specimens.picture(shown)
    except (Invalid, Undrawable):
        return ""
    return files.data_uri(drawn.image, files.WEBP)


def explained(kind: DocumentKind) -> list[Placeholder]:
    """In the words of the columns that they come from."""
    columns = {column.name: column for column in fields.columns(kind)}
    found = []
    for name in placeholders(kind):
        column = columns.get(name) or columns.get(f"{name}_{language()}")
        meaning = column.help(language()) if column else ours(name)
        found.append(Placeholder(f"{{{name}}}", meaning, column.example if column else ""))
    return found


def ours(name: str) -> str:
    return {
        "institution": _("Name of the institution."),
        "place": _("Place, as filled in above."),
        "issued_on": _("Date of issue, in words."),
        "number": _("Document number."),
    }.get(name, "")
