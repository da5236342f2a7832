"""The institutions' part: issued over the years, one transcript corrected, one letter revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.actions.templates import TemplateDraft, create_template
from attesta.credentials.composing.fields import kind_of
from attesta.credentials.composing.kinds import DocumentKind
from attesta.credentials.models import Credential, Template
from attesta.organizations.models import Organization
from demo import papers
from demo.cast import Cast
from demo.documents import designs
from demo.papers import Paper

CORRECTED = 12
"""Days ago on which the transcript was corrected."""


def of(person: Person, prefix: str) -> Credential:
    """The newest document of ``person`` whose number begins like this."""
    return Credential.objects.filter(learner=person, number__startswith=prefix).latest("issued_on")


def zoe(cast: Cast) -> Iterator[datetime]:
    year = papers.last_summer(cast.now.date())
    university = (papers.attendance, papers.bachelor_diploma, papers.bachelor_transcript)
    for paper in university:
        yield from _issue(cast.tides, cast.zoe, paper(year - 1), by=cast.registrar)
    polytechnic = (papers.hydrography_enrolment, papers.hydrography_certificate, papers.hydrography_transcript)
    for paper in polytechnic:
        yield from _issue(cast.northlake, cast.zoe, paper(year))


def alex(cast: Cast) -> Iterator[datetime]:
    year = papers.last_summer(cast.now.date())
    yield from _issue(cast.northlake, cast.alex, papers.technology_diploma(year))
    yield from _issue(cast.northlake, cast.alex, papers.technology_transcript(year))
    yield from _issue(cast.tides, cast.alex, papers.summer_school(year), by=cast.registrar)


def correction(cast: Cast) -> Iterator[datetime]:
    yield cast.ago(CORRECTED, 11, 20)
    transcript = of(cast.zoe, "UGM-R-")
    if transcript.latest == 1:
        corrected_on = timezone.localdate(cast.ago(CORRECTED))
        paper = papers.bachelor_transcript(transcript.issued_on.year, corrected_on=corrected_on)
        actions.update_composed(
            credential=transcript,
            template=_template(cast.tides, paper, by=cast.registrar),
            fields=paper.fields,
            reason="Note du cours OCE-3120 corrigée après révision : A+ au lieu de A.",
            by=cast.registrar,
            issued_on=corrected_on,
        )


def revocation(cast: Cast) -> Iterator[datetime]:
    yield cast.ago(30, 15, 5)
    letter = of(cast.zoe, "NP-C-")
    if not letter.revoked_at:
        reason = "The expected completion date was wrong. / La date de fin prévue était erronée."
        actions.revoke(credential=letter, reason=reason, shown=True)


def _issue(issuer: Organization, learner: Person, paper: Paper, *, by: Person | None = None) -> Iterator[datetime]:
    """In the morning of the day it bears."""
    morning = datetime.combine(paper.issued_on, time(9, 30))
    yield timezone.make_aware(morning, timezone.get_default_timezone())
    actions.issue_composed(
        issuer=issuer,
        template=_template(issuer, paper, by=by),
        fields=paper.fields,
        learner_email=learner.email,
        learner_name=learner.name,
        number=paper.number,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        by=by,
    )


def _template(issuer: Organization, paper: Paper, *, by: Person | None) -> Template:
    """Made at its first document; named in the language that its institution works in."""
    name = paper.title_fr if paper.school.language == "fr" else paper.title_en
    if found := Template.objects.filter(issuer=issuer, name=name).first():
        return found
    kind = kind_of(paper.fields)
    titles = {"title_fr": paper.title_fr, "title_en": paper.title_en} if kind is DocumentKind.ATTESTATION else {}
    design = designs.design(paper.school, kind, {**titles, **paper.wording})
    draft = TemplateDraft(name, paper.title_fr, paper.title_en, design)
    return create_template(issuer=issuer, kind=kind, draft=draft, by=by)
