"""The institutions' part: issued over the years, one transcript corrected, one letter revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from demo import papers
from demo.cast import Cast

CORRECTED = 12
"""Days ago on which the transcript was corrected."""


def of(person: Person, prefix: str) -> Credential:
    """The newest document of ``person`` whose number begins like this."""
    return Credential.objects.filter(learner=person, number__startswith=prefix).latest("issued_on")


def zoe(cast: Cast) -> Iterator[datetime]:
    year = papers.last_summer(cast.now.date())
    bachelor = year - 1
    yield _morning(date(bachelor, 1, 20))
    _issue(
        cast.tides, cast.zoe, papers.attendance(bachelor), papers.ENROLMENT.fr, papers.ENROLMENT.en,
        f"UGM-A-{bachelor}-000912", date(bachelor, 1, 20), expires_on=date(bachelor, 5, 1), by=cast.registrar,
    )  # fmt: skip
    yield _morning(date(bachelor, 6, 12))
    _issue(
        cast.tides, cast.zoe, papers.bachelor_diploma(bachelor),
        "Baccalauréat ès sciences, océanographie", "Bachelor of Science, Oceanography",
        f"UGM-D-{bachelor}-004127", date(bachelor, 6, 12), by=cast.registrar,
    )  # fmt: skip
    yield _morning(date(bachelor, 6, 19))
    _issue(
        cast.tides, cast.zoe, papers.bachelor_transcript(bachelor),
        "Relevé de notes, baccalauréat", "Transcript, bachelor’s degree",
        f"UGM-R-{bachelor}-011873", date(bachelor, 6, 19), by=cast.registrar,
    )  # fmt: skip
    yield _morning(date(bachelor, 10, 6))
    _issue(
        cast.northlake, cast.zoe, papers.hydrography_enrolment(year), papers.ENROLMENT.fr, papers.ENROLMENT.en,
        f"NP-C-{bachelor}-1140", date(bachelor, 10, 6),
    )  # fmt: skip
    yield _morning(date(year, 9, 18))
    _issue(
        cast.northlake, cast.zoe, papers.hydrography_certificate(year),
        "Certificat en levés hydrographiques", "Graduate Certificate in Hydrographic Surveying",
        f"NP-G-{year}-0361", date(year, 9, 18),
    )  # fmt: skip
    yield _morning(date(year, 9, 22))
    _issue(
        cast.northlake, cast.zoe, papers.hydrography_transcript(year),
        "Relevé de notes, levés hydrographiques", "Transcript, Hydrographic Surveying",
        f"NP-T-{year}-2284", date(year, 9, 22),
    )  # fmt: skip


def alex(cast: Cast) -> Iterator[datetime]:
    year = papers.last_summer(cast.now.date())
    yield _morning(date(year, 6, 5))
    _issue(
        cast.northlake, cast.alex, papers.technology_diploma(year),
        "Baccalauréat en technologie, énergie renouvelable", "Bachelor of Technology, Renewable Energy Systems",
        f"NP-D-{year}-0098", date(year, 6, 5),
    )  # fmt: skip
    yield _morning(date(year, 6, 10))
    _issue(
        cast.northlake, cast.alex, papers.technology_transcript(year),
        "Relevé de notes, baccalauréat en technologie", "Transcript, Bachelor of Technology",
        f"NP-T-{year}-1177", date(year, 6, 10),
    )  # fmt: skip
    yield _morning(date(year, 8, 4))
    _issue(
        cast.tides, cast.alex, papers.summer_school(year),
        "Attestation de réussite, français d’été", "Confirmation of completion, summer French",
        f"UGM-E-{year}-000233", date(year, 8, 4), by=cast.registrar,
    )  # fmt: skip


def correction(cast: Cast) -> Iterator[datetime]:
    yield cast.ago(CORRECTED, 11, 20)
    transcript = of(cast.zoe, "UGM-R-")
    if transcript.latest == 1:
        corrected_on = timezone.localdate(cast.ago(CORRECTED))
        actions.update(
            credential=transcript,
            pdf=papers.bachelor_transcript(transcript.issued_on.year, corrected_on=corrected_on),
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


def _issue(
    issuer: Organization,
    learner: Person,
    pdf: bytes,
    title_fr: str,
    title_en: str,
    number: str,
    issued_on: date,
    *,
    expires_on: date | None = None,
    by: Person | None = None,
) -> None:
    actions.issue(
        issuer=issuer,
        learner_email=learner.email,
        learner_name=learner.name,
        title_fr=title_fr,
        title_en=title_en,
        number=number,
        issued_on=issued_on,
        expires_on=expires_on,
        pdf=pdf,
        by=by,
    )


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)), timezone.get_default_timezone())
