"""Staff find documents by the beginnings of words: few of them newest first, many along the index, none of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attesta.credentials import searching
from attesta.credentials.models import Credential, Term
from attesta.organizations.models import Organization

type Put = Callable[..., Credential]


@pytest.fixture
def put(institution: Organization) -> Put:
    """``put("Zoé Citoyenne")`` is a document for her, indexed; each is a minute younger than the one before."""
    made: list[Credential] = []

    def put(name: str, **fields: Any) -> Credential:
        number = len(made) + 1
        values = {
            "issuer": institution,
            "learner_name": name,
            "learner_email": f"p{number}@example.org",
            "number": f"2024-{number:04}",
            "title_fr": "Diplôme d’études",
            "title_en": "Diploma of studies",
            "issued_on": date(2024, 3, 22),
            "created_at": timezone.now() + timedelta(minutes=number),
        }
        credential = Credential.objects.create(**values | fields)
        searching.index(credential)
        made.append(credential)
        return credential

    return put


def names(issuer: Organization, text: str) -> list[str]:
    found = searching.search(issuer, text, Credential.objects.filter(issuer=issuer))
    assert found.few
    return [each.learner_name for each in found.credentials.order_by("-created_at")]


def test_words_are_folded_whole_and_in_parts() -> None:
    assert searching.words("Marie-Ève L’Écuyer", "m.e@uni.example") == {
        *("marie-eve", "marie", "eve", "l'ecuyer", "l", "ecuyer"),
        *("m.e@uni.example", "m", "e", "uni", "example"),
    }
    assert searching.words("", " – ", "«»") == set()
    assert {len(word) for word in searching.words("a" * 200)} == {80}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zoé", ["Zoé Citoyenne"]),
        ("CITO zo", ["Zoé Citoyenne"]),
        ("p2@example.org", ["Alex Tremblay"]),
        ("2024-0003", ["Ève Tremblay"]),
        ("0003", ["Ève Tremblay"]),
        ("trem", ["Ève Tremblay", "Alex Tremblay"]),
        ("trem eve", ["Ève Tremblay"]),
        ("remblay", []),
        ("zoé tremblay", []),
        ("étud", ["Ève Tremblay", "Alex Tremblay", "Zoé Citoyenne"]),
        ("%", ["Ève Tremblay", "Alex Tremblay", "Zoé Citoyenne"]),
    ],
)
def test_each_word_begins_one_of_the_documents(
    put: Put, institution: Organization, text: str, expected: list[str]
) -> None:
    for name in ("Zoé Citoyenne", "Alex Tremblay", "Ève Tremblay"):
        put(name)
    assert names(institution, text) == expected


def test_the_other_institutions_documents_are_not_found(
    put: Put, institution: Organization, other_institution: Organization
) -> None:
    put("Zoé Citoyenne", issuer=other_institution)
    assert names(institution, "zoé") == []
    assert names(other_institution, "zoé") == ["Zoé Citoyenne"]


def test_a_corrected_document_is_found_by_its_new_words_alone(put: Put, institution: Organization) -> None:
    credential = put("Zoé Citoyenne")
    credential.learner_email = "zoe@fleuve.example"
    searching.index(credential)
    assert (names(institution, "p1@"), names(institution, "fleuve")) == ([], ["Zoé Citoyenne"])


def test_many_are_listed_along_the_word(put: Put, institution: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "FEW", 3)
    for name in ("Martin", "Marie Marchand", "Marchand", "Marie", "Zoé", "Marin"):
        put(name)
    put("Marchand", revoked_at=timezone.now())
    mine = Credential.objects.filter(issuer=institution, revoked_at=None)
    found = searching.search(institution, "mar", mine)
    pages, after = [], None
    while True:
        rows, after = found.page(size=2, after=after)
        pages.append([row.learner_name for row in rows])
        if after is None:
            break
    assert not found.few
    assert [sorted(page) for page in pages] == [["Marchand", "Marie Marchand"], ["Marie", "Marin"], ["Martin"]]


def test_a_rare_condition_is_what_is_read(put: Put, institution: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "FEW", 2)
    for name in ("Marie", "Martin", "Marin"):
        put(name)
    put("Marchand", revoked_at=timezone.now())
    mine = Credential.objects.filter(issuer=institution)
    revoked = mine.filter(revoked_at__isnull=False)
    found = searching.search(institution, "mar", revoked, [revoked])
    assert (found.few, [each.learner_name for each in found.credentials]) == (True, ["Marchand"])


def test_what_was_issued_without_words_is_completed_once(put: Put) -> None:
    credential = put("Zoé Citoyenne")
    before = set(credential.terms.values_list("word", flat=True))
    Term.objects.all().delete()
    assert [searching.complete([credential.pk]), searching.complete([credential.pk])] == [1, 0]
    assert set(credential.terms.values_list("word", flat=True)) == before


def test_a_search_reads_an_index(put: Put, institution: Organization) -> None:
    put("Zoé Citoyenne")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(searching.having(institution, "zo")[:200])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        assert "USING COVERING INDEX term_by_issuer (issuer_id=? AND word>? AND word<?)" in plan
