"""The steps that a new document and a corrected one share: form, review, act. What is between lies in a draft.

A step has an address, so Back and reload work, and a sign-in in the middle loses nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attesta.credentials import pdf, specimens
from attesta.credentials.composing.fields import Fields
from attesta.credentials.models import Template
from attesta.credentials.pdf import Undrawable
from attesta.credentials.rules import Refused
from attesta.issuer import drafts
from attesta.issuer.drafts import Draft
from attesta.issuer.forms.complaints import FILE, complain, complain_of_file
from attesta.issuer.forms.composing import MORE_COURSES, MOST_COURSES, Composed, course_count
from attesta.issuer.gates import StaffRequest
from attesta.web import files
from attesta.web.filters import uuid_of
from attesta.web.lists import LIST

LONGEST = 6_000  # of what a draft keeps of one field, in characters
SHOWN = 2  # pages of what is about to be issued


class Story(Protocol):
    """What is being done: issue, or update. ``template``: what it is composed by; None for a PDF."""

    @property
    def template(self) -> Template | None: ...
    @property
    def page(self) -> str: ...
    def form(self, typed: Mapping[str, str] | None, *, kept: bool) -> forms.Form: ...
    def context(self, draft: Draft, form: forms.Form) -> dict[str, Any]: ...
    def act(self, draft: Draft, form: forms.Form, content: bytes) -> HttpResponse: ...
    def proof(self, form: forms.Form) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of what is about to be issued; ``image`` is a data URI."""

    number: int
    image: str
    width: int
    height: int
    text: str


def tell(request: StaffRequest, story: Story) -> HttpResponse:
    """The step that the request asks for."""
    key = draft_key(request)
    if key is None:
        return redirect(address(request, Draft(uuid.uuid4())))
    draft = drafts.load(request.session, request.person, key) or Draft(key)
    if request.method != "POST":
        return step(request, story, draft)
    if request.POST.get("act") == "confirm":
        return confirm(request, story, draft)
    return keep(request, story, draft)


def draft_key(request: StaffRequest) -> UUID | None:
    return uuid_of((request.POST if request.method == "POST" else request.GET).get("draft"))


def address(request: StaffRequest, draft: Draft, step: str = "") -> str:
    query = {"draft": str(draft.id)} | ({"step": step} if step else {})
    query |= {LIST: request.GET[LIST]} if LIST in request.GET else {}
    return f"{request.path}?{urlencode(query)}"


def step(request: StaffRequest, story: Story, draft: Draft) -> HttpResponse:
    form = story.form(draft.fields or None, kept=draft.upload is not None)
    if request.GET.get("step") == "review" and form.is_valid():
        return review(request, story, draft, form)
    return show(request, story, draft, form)


def keep(request: StaffRequest, story: Story, draft: Draft) -> HttpResponse:
    """What was typed and handed in is kept, right or wrong; what is right goes on to the review."""
    blank = story.form(None, kept=True)
    typed = {name: request.POST[name][:LONGEST] for name in (*blank.fields, "courses") if name in request.POST}
    typed |= {name: request.POST[name][:LONGEST] for name in request.POST if name.startswith("course-")}
    draft, problem = taken(request, replace(draft, fields=typed))
    if request.POST.get("act") == "more" and isinstance(blank, Composed):
        more = str(min(course_count(typed) + MORE_COURSES, MOST_COURSES))
        draft = replace(draft, fields=dict(typed) | {"courses": more})
        drafts.save(request.session, request.person, draft)
        return redirect(f"{address(request, draft, 'more')}#courses")
    drafts.save(request.session, request.person, draft)
    form = story.form(draft.fields, kept=draft.upload is not None)
    if problem:
        complain(form, problem)
    if form.is_valid():
        return redirect(address(request, draft, "review"))
    return show(request, story, draft, form, status=422)


def taken(request: StaffRequest, draft: Draft) -> tuple[Draft, Refused | None]:
    """With the PDF that was handed in, if it is sound; else what is wrong with it, and the one before stays."""
    file = request.FILES.get(FILE)
    if not isinstance(file, UploadedFile):
        return draft, None
    content = file.read()
    try:
        found = pdf.inspect(content)
    except Refused as problem:
        return draft, problem
    name = (file.name or "document.pdf")[-100:]
    upload = drafts.put(draft.id, content, name=name, page_count=found.page_count, removed=found.removed)
    return replace(draft, upload=upload), None


def review(request: StaffRequest, story: Story, draft: Draft, form: forms.Form) -> HttpResponse:
    try:
        content = content_of(story, draft, form)
    except Undrawable:
        form.add_error(None, _("This template’s documents cannot be composed now. Ask an administrator to look at it."))
        return show(request, story, draft, form, status=422)
    if content is None:
        return lost(request, story, draft)
    return show_review(request, story, draft, form, content)


def show_review(
    request: StaffRequest,
    story: Story,
    draft: Draft,
    form: forms.Form,
    content: bytes,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"sheets": sheets(content), "back": address(request, draft), "seen": mark(story, draft), **more}
    return show(request, story, draft, form, status=status, step="review", **context)


def mark(story: Story, draft: Draft) -> str:
    """Of what a review shows: other words, another file or another look of the template make another one."""
    look = story.template.version if story.template else 0
    shown = [dict(draft.fields), draft.upload.blob if draft.upload else "", look]
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def content_of(story: Story, draft: Draft, form: forms.Form) -> bytes | None:
    return story.proof(form) if story.template else drafts.pdf_of(draft)


def sheets(content: bytes) -> Sequence[Sheet]:
    try:
        pages = list(pdf.render(content, range(1, SHOWN + 1)))
    except Undrawable:
        try:
            pages = list(pdf.render(content, [1]))
        except Undrawable:
            return []
    return [
        Sheet(each.number, files.data_uri(each.image, files.WEBP), each.width, each.height, each.text) for each in pages
    ]


def confirm(request: StaffRequest, story: Story, draft: Draft) -> HttpResponse:
    form = story.form(draft.fields or None, kept=draft.upload is not None)
    if not form.is_valid():
        return redirect(address(request, draft))
    content = b"" if story.template else drafts.pdf_of(draft)
    if content is None:
        return lost(request, story, draft)
    if request.POST.get("seen", now := mark(story, draft)) != now:
        shown = story.proof(form) if story.template else content
        return show_review(request, story, draft, form, shown, status=409, changed=True)
    try:
        done = story.act(draft, form, content)
    except Refused as problem:
        complain(form, problem)
        return show(request, story, draft, form, status=422)
    if done.status_code < HTTPStatus.BAD_REQUEST:
        drafts.forget(request.session, draft.id)
    return done


def lost(request: StaffRequest, story: Story, draft: Draft) -> HttpResponse:
    """The PDF lay too long, or the draft is of another browser."""
    draft = replace(draft, upload=None)
    form = story.form(draft.fields or None, kept=False)
    if form.is_bound:
        complain_of_file(form, _("The PDF is no longer kept. Choose it again; everything else is still here."))
    return show(request, story, draft, form, status=422)


def show(
    request: StaffRequest, story: Story, draft: Draft, form: forms.Form, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"draft": draft, "form": form, "template": story.template, "step": "form"}
    return render(request, story.page, context | story.context(draft, form) | more, status=status)


def composed_proof(template: Template, form: forms.Form, *, number: str) -> bytes:
    issued_on = form.cleaned_data["issued_on"]
    return specimens.proof(said(form), template, issued_on=issued_on, number=number)


def said(form: forms.Form) -> Fields:
    """What a valid form of fields says."""
    assert isinstance(form, Composed)
    assert form.document is not None
    return form.document
