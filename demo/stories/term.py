"""This term's letters of enrolment: one batch issued after a second look, one that waits for it, one sent back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials.batches import actions, checking, tasks
from attesta.credentials.models import Batch, BatchState, Template
from demo.cast import Cast

FILE = "attestations-{term}.csv"
SPOILED = "attestations-retardataires.csv"
PEOPLE = (
    "Amélie Gagnon", "Noah Tremblay", "Mei Lin Chen", "Olivier Roy", "Sofia Hernández", "Étienne Bélanger",
    "Fatou Diallo", "Liam O’Connor", "Camille Lévesque", "Arjun Patel", "Jade Fortin", "Mathis Côté",
    "Yasmine Benali", "Émile Ouellet", "Chloé Nguyen", "Samuel Pelletier", "Léa Bouchard", "Ivan Petrov",
    "Rosalie Gauthier", "Hugo Lapointe", "Aïcha Traoré", "Félix Morin", "Maya Cohen", "Théo Bergeron",
    "Nora Simard", "William Leblanc",
)  # fmt: skip
COLUMNS = (
    *("document_number", "learner_email", "learner_name", "issued_on", "student_number"),
    *("programme_fr", "programme_en", "standing_fr", "standing_en", "period_fr", "period_en"),
)


def issued(cast: Cast) -> Iterator[datetime]:
    """Handed in by the registrar, approved by the deputy, told to its learners."""
    yield cast.ago(5, 9, 40)
    batch = _hand_in(cast, rows(PEOPLE[:24], cast.ago(5).date(), "A"), FILE.format(term="automne"))
    yield cast.ago(5, 10, 5)
    _issue(batch, by=cast.deputy)


def waiting(cast: Cast) -> Iterator[datetime]:
    """For whoever tries the demonstration as the deputy."""
    yield cast.ago(1, 15, 10)
    _hand_in(cast, rows(PEOPLE[::-1], cast.ago(1).date(), "B"), FILE.format(term="deuxieme-envoi"))


def spoiled(cast: Cast) -> Iterator[datetime]:
    yield cast.ago(1, 11, 30)
    table = rows(PEOPLE[:4], cast.ago(1).date(), "C")
    table[1]["learner_email"] = "noah.tremblay(at)etudiant.example"
    table[2]["issued_on"] = "31/11/2026"
    table[3]["document_number"] = table[0]["document_number"]
    _hand_in(cast, table, SPOILED)


def rows(people: Sequence[str], day: date, series: str) -> list[dict[str, str]]:
    return [
        {
            "document_number": f"UGM-A-{day.year}-{series}{number:03}",
            "learner_email": f"etudiant{number:03}{series.lower()}@grandes-marees.example",
            "learner_name": name,
            "issued_on": day.isoformat(),
            "student_number": f"20 26{number:01} 4{number:02}",
            "programme_fr": "Baccalauréat en océanographie et systèmes côtiers",
            "programme_en": "Bachelor of Science in Oceanography",
            "standing_fr": "Temps complet",
            "standing_en": "Full time",
            "period_fr": f"Automne {day.year}, de septembre à décembre",
            "period_en": f"Fall {day.year}, September to December",
        }
        for number, name in enumerate(people, start=1)
    ]


def _hand_in(cast: Cast, table: Sequence[dict[str, str]], name: str) -> Batch:
    template = Template.objects.get(issuer=cast.tides, name="Attestation de fréquentation")
    batch = actions.hand_in(
        issuer=cast.tides, form=Batch.Form.CSV, file=_csv(table), file_name=name, template=template, by=cast.registrar
    )
    return checking.check(batch) if batch.state == BatchState.CHECKING else batch


def _csv(table: Sequence[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode()


def _issue(batch: Batch, *, by: Person) -> None:
    """Whatever was done when the story was begun before stays done."""
    if batch.state == BatchState.WAITING:
        batch = actions.approve(batch=batch, by=by)
    if batch.state == BatchState.READY:
        actions.start(batch=batch, by=batch.created_by)
    while tasks.work(now=timezone.now()):
        pass
