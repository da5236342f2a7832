"""What happened to a share, on its page and as a file: by key, filtered, and safe in a spreadsheet."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from attesta.accounts.models import Person
from attesta.activity import spreadsheets
from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.credentials import actions as credentials
from attesta.credentials.models import Credential
from attesta.learner.views import activity as view
from attesta.shares import actions, history
from attesta.shares.models import Share
from tests.harness.pdfs import make_pdf
from tests.learner import reading
from tests.learner.conftest import ADMISSIONS, MakeShare, opened

CAPTION = "Consulter l’activité"
QUERIES = 9


def page(share: Share, query: str = "") -> str:
    return f"/shares/{share.pk}/{query}"


def descriptions(response: Any) -> list[str]:
    return [row[1] for row in reading.rows(response, CAPTION)]


def total(response: Any) -> str:
    return [each.text for each in reading.main(response).all("span", class_="fold-total")][-1]


@pytest.fixture
def share(share_of: MakeShare, zoe: Person) -> Share:
    """Created, viewed, looked at by a machine, disabled."""
    share = share_of(recipient_name="Fondation du Fleuve")
    opened(share)
    history.write(Verb.PAGE_VIEWED, share, at=timezone.now(), facts={"page": 1})
    history.write(Verb.AUTOMATIC, share, at=timezone.now(), facts={"agent": "SafeLinks"})
    return actions.disable(share=share, by=zoe)


def test_page_views_and_automatic_checks_are_folded_away(share: Share, browser: Client) -> None:
    short = browser.get(page(share))
    assert descriptions(short) == [
        "Le partage de Diplôme de baccalauréat a été désactivé",
        "Le partage de Diplôme de baccalauréat a été consulté",
        "Partage d’URL créé avec Fondation du Fleuve",
    ]
    assert total(short) == "3 activités dans l’historique"
    whole = browser.get(reading.links(short)["Afficher aussi les pages vues et les vérifications automatiques"])
    assert (len(descriptions(whole)), total(whole)) == (5, "5 activités dans l’historique")
    assert "Masquer les pages vues et les vérifications automatiques" in reading.links(whole)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=views", ["consulté"]),
        ("?kind=views&all=1", ["consultée", "consulté"]),
        ("?kind=changes", ["désactivé", "Fleuve"]),
        ("?kind=email", []),
        ("?q=zoé", ["désactivé", "Fleuve"]),
        ("?q=ZOE", ["désactivé", "Fleuve"]),
        ("?q=fondation", ["désactivé", "consulté", "Fleuve"]),
        ("?q=diplome", ["désactivé", "consulté"]),
        ("?q=personne+ayant+le+lien", ["consulté"]),
        ("?q=URL", ["Fleuve"]),
        ("?q=nobody", []),
        ("?q=CONSULTE", ["consulté"]),
        ("?q=consulté&all=1", ["consultée", "consulté"]),
        ("?q=consulté&kind=changes", []),
    ],
)
def test_filter_with_a_clear_button(query: str, expected: list[str], share: Share, browser: Client) -> None:
    response = browser.get(page(share, query))
    assert [each.split()[-1] for each in descriptions(response)] == expected
    cleared = f"{page(share)}{'?all=1' if 'all=1' in query else ''}#activity"
    assert reading.links(response)["Effacer"] == cleared


def test_a_document_s_title_finds_what_is_about_it_alone(
    share_of: MakeShare, diploma: Credential, browser: Client
) -> None:
    letter = credentials.issue(
        issuer=diploma.issuer,
        learner_email="zoe@example.org",
        title_fr="Attestation d’études",
        title_en="Letter",
        issued_on=diploma.issued_on,
        pdf=make_pdf(),
        as_given=True,
    )
    share = share_of(diploma, letter)
    for each in (diploma, letter):
        document = {"id": str(each.pk), "fr": each.title_fr, "en": each.title_en}
        history.write(Verb.DOWNLOADED, share, at=timezone.now(), facts={"document": document, "version": 1})
    credentials.update(credential=letter, pdf=make_pdf(text="again"), reason="Erreur", as_given=True)
    assert [each.split(" a été ") for each in descriptions(browser.get(page(share, "?q=ETUDES")))] == [
        ["Le document Attestation d’études", "mis à jour (version 2). Motif indiqué : Erreur."],
        ["Le document Attestation d’études", "téléchargé"],
    ]


def test_older_pages_by_key(
    share_of: MakeShare,
    zoe: Person,
    browser: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(view, "SIZE", 2)
    share = share_of()
    for _again in range(2):
        actions.disable(share=share, by=zoe)
        actions.enable(share=share, by=zoe)
    first = browser.get(page(share))
    second = browser.get(reading.links(first)["Plus anciens"])
    with django_assert_num_queries(QUERIES):
        third = browser.get(reading.links(second)["Plus anciens"])
    assert [len(descriptions(each)) for each in (first, second, third)] == [2, 2, 1]
    assert "Plus anciens" not in reading.links(third)
    newest = browser.get(reading.links(third)["Plus récents"])
    assert descriptions(newest) == descriptions(first)


@pytest.mark.parametrize("count", [1, 3])
def test_a_line_more_costs_no_query_more(
    count: int, share_of: MakeShare, browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """An email share that was viewed: its letter and its chart cost one query each."""
    share = share_of(recipients=[ADMISSIONS], pin="482107")
    for number in range(count):
        opened(share, f"visitor{number}", pin="482107")
    browser.get("/livez")
    with django_assert_num_queries(QUERIES + 2):
        browser.get(page(share))


def test_a_chart_of_views_stands_above_the_activity(
    spring: time_machine.Traveller, share_of: MakeShare, browser: Client
) -> None:
    share = share_of()
    assert list(reading.main(browser.get(page(share))).all("figure", class_="chart")) == []
    opened(share, "first")
    spring.shift(timedelta(days=2))
    opened(share, "second")
    opened(share, "third")
    days = dict(view.views_by_day(share))
    assert len(days) == 30
    assert [count for count in days.values() if count] == [1, 2]
    [chart] = reading.main(browser.get(page(share))).all("figure", class_="chart")
    assert next(chart.all("figcaption")).text == "3 consultations, du 24 février 2024 au 24 mars 2024"


def export(browser: Client, share: Share) -> list[list[str]]:
    response = browser.get(f"/shares/{share.pk}/activity.csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text[0] == "\ufeff"
    return list(csv.reader(StringIO(text[1:])))


def test_export_holds_everything_in_the_persons_language_and_time(
    spring: time_machine.Traveller, share: Share, zoe: Person, browser: Client
) -> None:
    french = export(browser, share)
    assert french[0] == ["Date", "Description", "Effectué par", "Destinataire", "Fuseau horaire"]
    assert len(french) == 6
    assert french[-1] == [
        *("2024-03-22 14:03:00", "Partage d’URL créé avec Fondation du Fleuve"),
        *("Zoé Citoyenne", "Fondation du Fleuve", "America/Toronto"),
    ]
    Person.objects.filter(pk=zoe.pk).update(language="en", time_zone="America/Vancouver")
    english = export(browser, share)
    assert english[0] == ["Date", "Description", "Performed by", "Recipient", "Time zone"]
    assert english[-1][-1] == "America/Vancouver"
    assert english[-1][:2] == ["2024-03-22 11:03:00", "URL share created with Fondation du Fleuve"]


def test_export_is_sent_while_it_is_read(share: Share, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "BATCH", 2)
    response = browser.get(f"/shares/{share.pk}/activity.csv")
    assert len(list(response)) == 5  # the mark, the head, three parts
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"activite-partage01.csv\"; filename*=UTF-8''Activit%C3%A9%20%E2%80%93%20Partage01.csv"
    )


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_trust_30_no_cell_is_a_formula(typed: str, share_of: MakeShare, zoe: Person, browser: Client) -> None:
    Person.objects.filter(pk=zoe.pk).update(name=f"{typed}Zoé")
    zoe.refresh_from_db()
    share = share_of(recipient_name=f"{typed}Fleuve")
    history.write(Verb.ACCESS_ASKED, share, at=timezone.now(), by=zoe, facts={"name": typed, "email": "x@example.org"})
    for row in export(browser, share)[1:]:
        assert [cell for cell in row if cell.strip().startswith(tuple("=+-@\t\r＝＋－＠"))] == []


@given(st.text())
def test_trust_30_holds_for_any_text(text: str) -> None:
    cell = spreadsheets.neutral(text)
    assert cell.replace("'", "") == text.replace("'", "")
    assert not cell.lstrip(" \u00a0").startswith(spreadsheets.FORMULA)
    assert not spreadsheets.HIDDEN.search(cell)


@pytest.mark.parametrize("typed", ["Zoé;=1+1", "Zoé; @SUM(A1)", 'Zoé;"=1+1"', "Zoé\n=1+1", "Zoé\t+1", "Zoé;;-1"])
def test_trust_30_no_cell_is_one_where_semicolons_separate(typed: str) -> None:
    line = spreadsheets.row(["B-1", typed])
    for cell in (cell for record in line.splitlines() for cell in re.split("[;\t]", record)):
        assert not cell.strip(' "').startswith(spreadsheets.FORMULA)


def test_marks_inside_of_a_text_stay_as_they_are() -> None:
    for text in ("Ada-Zoé", "A; B", "1 + 1 = 2", "zoe@example.org; eve@example.org", "a,-b"):
        assert spreadsheets.neutral(text) == text


def test_the_history_of_a_share_is_its_owners(share: Share, browser: Client, stranger: Client) -> None:
    assert stranger.get(f"/shares/{share.pk}/activity.csv").status_code == 404
    assert Line.objects.filter(share_id=share.pk).count() == 5
    assert ADMISSIONS not in browser.get(page(share)).content.decode()
