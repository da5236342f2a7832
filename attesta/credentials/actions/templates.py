"""An institution's templates: made, edited, retired, taken up again. What was issued with one stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.words import tidy
from attesta.activity import ledger
from attesta.activity.verbs import Verb
from attesta.credentials.actions import looks
from attesta.credentials.composing import crests, printing, words
from attesta.credentials.composing.design import Paper
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Batch, Template, TemplateKind
from attesta.credentials.rules import TITLE_LENGTH
from attesta.organizations.models import Organization

NAME_LENGTH = 80
TEXT_LENGTH = 200
LEGEND_LENGTH = 5000
POINTS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
COLOUR = re.compile(r"#[0-9a-f]{6}")
TEXTS = ("place_fr", "place_en", "founded", "remark_fr", "remark_en")
MOST_SIGNATORIES = 3
SEEN = ("title_fr", "title_en", "design")  # on a document


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What staff say of a template. ``design`` is what ``credentials.designs`` reads; what it leaves out is kept."""

    name: str
    title_fr: str
    title_en: str
    design: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody saved in between: ``current`` is what stands now. Nothing was overwritten."""

    current: Template


class Invalid(ValueError):
    """All that is wrong: field (of the draft or its design) and code. Nothing was changed."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems))
        self.problems = problems


def create_template(*, issuer: Organization, kind: str, draft: TemplateDraft, by: Person | None) -> Template:
    """Raises Invalid."""
    now = timezone.now()
    made = drafted(Template(issuer=issuer, kind=TemplateKind(kind), created_at=now), draft)
    with transaction.atomic():
        _once(lambda: made.save(force_insert=True))
        _tell(Verb.TEMPLATE_MADE, made, at=now, by=by)
    return made


def edit_template(*, template: Template, version: int, draft: TemplateDraft, by: Person | None) -> Template | Stale:
    """Save what was drafted on ``version``: documents from now on look so. Raises Invalid.

    Whoever looked at a batch of it saw what it was: unless only its name changes, they are asked again.
    """
    now = timezone.now()
    made = drafted(template, draft)
    values = {name: getattr(made, name) for name in ("name", *SEEN)}
    same = all(getattr(template, name) == values[name] for name in SEEN)
    with transaction.atomic():
        rows = Template.objects.filter(pk=template.pk, version=version)
        if not _once(lambda: rows.update(version=F("version") + 1, **values)):
            return Stale(Template.objects.get(pk=template.pk))
        _tell(Verb.TEMPLATE_EDITED, template, at=now, by=by)
        if not same:
            looks.changed(Batch.objects.filter(template=template), at=now, by=by)
    template.refresh_from_db()
    return template


@transaction.atomic
def retire_template(*, template: Template, by: Person | None) -> Template:
    """Nothing new is made with it: its batches that run are paused. Calling it again changes nothing."""
    now = timezone.now()
    if Template.objects.filter(pk=template.pk, retired_at=None).update(retired_at=now):
        _tell(Verb.TEMPLATE_RETIRED, template, at=now, by=by)
        looks.withdrawn(Batch.objects.filter(template=template), at=now, by=by)
    template.refresh_from_db()
    return template


@transaction.atomic
def restore_template(*, template: Template, by: Person | None) -> Template:
    now = timezone.now()
    if Template.objects.filter(pk=template.pk, retired_at__isnull=False).update(retired_at=None):
        _tell(Verb.TEMPLATE_RESTORED, template, at=now, by=by)
    template.refresh_from_db()
    return template


def drafted(template: Template, draft: TemplateDraft) -> Template:
    """``template`` as it would be with ``draft``, not saved. Raises Invalid."""
    made = copy(template)
    made.name, made.title_fr, made.title_en = tidy(draft.name), tidy(draft.title_fr), tidy(draft.title_en)
    made.design = {**template.design, **draft.design}
    found = [*_named(made), *_drawn(made.design), *_worded(made)]
    if found:
        raise Invalid(found)
    return made


def _named(template: Template) -> Iterator[tuple[str, str]]:
    for field, longest in (("name", NAME_LENGTH), ("title_fr", TITLE_LENGTH), ("title_en", TITLE_LENGTH)):
        text = getattr(template, field)
        if not text:
            yield field, "missing"
        elif len(text) > longest:
            yield field, "too-long"
    if Template.objects.filter(issuer_id=template.issuer_id, name=template.name).exclude(pk=template.pk).exists():
        yield "name", "taken"


def _drawn(design: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("accent", "warm"):
        if design.get(field) and not COLOUR.fullmatch(str(design[field])):
            yield field, "colour-invalid"
    if design.get("language", "fr") not in ("fr", "en"):
        yield "language", "unknown"
    if design.get("paper", Paper.LETTER) not in set(Paper):
        yield "paper", "unknown"
    if design.get("crest") and (problem := crests.problem(str(design["crest"]).encode())):
        yield "crest", f"crest-{problem}"
    for index, signatory in enumerate(design.get("signatories", []), start=1):
        if signatory.get("signature") and (problem := crests.problem(str(signatory["signature"]).encode())):
            yield f"signatory{index}_signature", f"crest-{problem}"


def _worded(template: Template) -> Iterator[tuple[str, str]]:
    design, kind = template.design, DocumentKind(template.kind)
    said = {field: str(design.get(field) or "") for field in TEXTS}
    said |= {f"wording_{name}": text for name, text in design.get("wording", {}).items()}
    for index, signatory in enumerate(design.get("signatories", []), start=1):
        own = {f"signatory{index}_{part}": str(signatory.get(part) or "") for part in ("name", "role_fr", "role_en")}
        yield from ((field, "missing") for field, text in own.items() if not text)
        said |= own
    for grade in design.get("grades", []):
        if grade.get("points") and not POINTS.fullmatch(str(grade["points"])):
            yield "grades", "points-invalid"
    said["grades"] = " ".join(str(part) for grade in design.get("grades", []) for part in grade.values() if part)
    if len(design.get("signatories", [])) > MOST_SIGNATORIES:
        yield "signatories", "too-many"
    for field, text in said.items():
        if problem := _text_problem(kind, field, text):
            yield field, problem


def _text_problem(kind: DocumentKind, field: str, text: str) -> str | None:
    wording = field.removeprefix("wording_")
    if wording != field and (problem := words.problem(kind, wording, text)):
        return f"wording-{problem}"
    if wording == field and len(text) > (LEGEND_LENGTH if field == "grades" else TEXT_LENGTH):
        return "too-long"
    return "unprintable" if printing.unprintable((text,)) else None


def _once[T](save: Callable[[], T]) -> T:
    """Two of one name at the same moment: the second is told as the first check would have."""
    try:
        with transaction.atomic():
            return save()
    except IntegrityError:
        raise Invalid([("name", "taken")]) from None


def _tell(verb: Verb, template: Template, *, at: datetime, by: Person | None) -> None:
    ledger.write(
        verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_label=str(by) if by else "",
        issuer_id=template.issuer_id,
        facts={"template": template.name},
    )
