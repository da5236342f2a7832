"""A share's activity as a PDF: what the page tells, tagged, in the reader's language, and its owner's alone."""

from __future__ import annotations

import re
import subprocess

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.verbs import Verb
from attesta.credentials import typesetting
from attesta.learner.views import paper
from attesta.shares import history
from attesta.shares.models import Share
from tests.learner import reading
from tests.learner.conftest import MakeShare, opened


@pytest.fixture
def share(spring: time_machine.Traveller, share_of: MakeShare) -> Share:
    share = share_of(recipient_name="Fondation du Fleuve", reference="BE-0427")
    opened(share)
    return share


def words(pdf: bytes) -> str:
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(text.decode().replace("\u200b", "").split())


def test_the_pdf_tells_what_the_page_tells(share: Share, zoe: Person, browser: Client) -> None:
    answer = browser.get(f"/shares/{share.pk}/activity.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="activite-partage01.pdf"')
    assert answer.headers["Cache-Control"] == "private, no-store"
    french = words(answer.content)
    assert "Activité – Partage01 Destinataire Fondation du Fleuve Référence BE-0427" in french
    assert "Date d’expiration S. O. Statut Activé Nombre de consultations 1" in french.replace("\xa0", " ")
    assert "2 activités dans l’historique Date Description Effectué par Destinataire 22 mars 2024, 14:03" in french
    assert "Fuseau horaire Montréal, Québec, Ottawa, Toronto (heure de l’Est)" in french
    Person.objects.filter(pk=zoe.pk).update(language="en", time_zone="America/Vancouver")
    english = words(browser.get(f"/shares/{share.pk}/activity.pdf").content)
    assert "Time zone Vancouver, Victoria (Pacific time)" in english
    assert "2 events in the history Date Description Performed by Recipient March 22, 2024, 11:03 a.m." in english


def test_it_is_tagged_and_names_its_language(share: Share, browser: Client) -> None:
    pdf = browser.get(f"/shares/{share.pk}/activity.pdf").content
    assert b"/Marked true" in pdf and re.search(rb"/Lang ?\(fr-CA\)", pdf)


@pytest.mark.parametrize("name", ["😀 𓀀", "#panic() $x$ \\n @ref <a>", "à" * 100])
def test_whatever_is_typed_can_be_printed_and_is_never_run(name: str, share_of: MakeShare, browser: Client) -> None:
    share = share_of(recipient_name=name)
    text = words(browser.get(f"/shares/{share.pk}/activity.pdf").content)
    assert "1 activité dans l’historique" in text
    assert ("#panic() $x$" in text) == name.startswith("#")


def test_no_word_runs_off_the_paper(share_of: MakeShare, browser: Client) -> None:
    share = share_of(name="W" * 100, recipient_name="W" * 100, reference="W" * 100)
    pdf = browser.get(f"/shares/{share.pk}/activity.pdf").content
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    [paper_width] = re.findall(r'<page width="([0-9.]+)"', boxes)
    assert max(map(float, re.findall(r'xMax="([0-9.]+)"', boxes))) < float(paper_width)


def test_of_a_long_history_the_newest_and_it_says_so(
    share: Share, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "MOST", 1)
    text = words(browser.get(f"/shares/{share.pk}/activity.pdf").content).replace("\xa0", " ")
    assert "Les 1 000 activités les plus récentes" in text
    assert "Partage d’URL créé" not in text


def test_what_cannot_be_typeset_is_told(share: Share, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "SHEET", "learner/sheets/none.typ")
    answer = browser.get(f"/shares/{share.pk}/activity.pdf", follow=True)
    assert answer.redirect_chain == [(f"/shares/{share.pk}/", 302)]
    assert "Le PDF n’a pas pu être produit." in reading.main(answer).text


def test_a_thousand_lines_are_made_within_the_bounds(share: Share) -> None:
    for number in range(3):
        history.write(Verb.PAGE_VIEWED, share, at=timezone.now(), facts={"page": number})
    data = paper.said(share)
    data["rows"] *= 200
    assert len(data["rows"]) == 1000
    assert typesetting.typeset(paper.SHEET, data, at=timezone.now())[:5] == b"%PDF-"


def test_the_pdf_is_its_owner_s(share: Share, stranger: Client) -> None:
    assert stranger.get(f"/shares/{share.pk}/activity.pdf").status_code == 404
