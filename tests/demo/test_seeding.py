"""A first start fills the demonstration with people, documents and history; a later one leaves it alone."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.demo.conftest import Ask, Facts
from tests.harness.server import RunningServer

PASSWORD = "attesta-demo-2026"


def sign_in(product: RunningServer, email: str) -> httpx.Response:
    """The page that signing in leads to."""
    with httpx.Client(base_url=product.origin, follow_redirects=True) as browser:
        form = browser.get("/accounts/login/").text
        field = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert field
        values = {"csrfmiddlewaretoken": field[1], "login": email, "password": PASSWORD}
        return browser.post("/accounts/login/", data=values, headers={"Referer": product.url("/accounts/login/")})


@pytest.mark.parametrize("email", ["zoe@example.org", "alex@example.org"])
def test_people_can_sign_in(demonstration: RunningServer, email: str) -> None:
    page = sign_in(demonstration, email)
    assert (page.status_code, page.url.path) == (200, "/documents/")


def test_people_read_their_language_and_one_administers(facts: Facts) -> None:
    assert facts["people"] == {
        "zoe@example.org": ["Zoé Citoyenne", "fr"],
        "alex@example.org": ["Alex Morgan", "en"],
        "registrar@example.org": ["Théodore Vaillancourt", "fr", "administrator"],
        "deputy@example.org": ["Odile Beaumier", "en", "issuer"],
    }


def test_documents_of_two_institutions_in_each_status(facts: Facts) -> None:
    assert facts["documents"] == [
        ["Alex Morgan", "grandes-marees", "available"],
        ["Alex Morgan", "northlake", "available"],
        ["Alex Morgan", "northlake", "available"],
        ["Zoé Citoyenne", "grandes-marees", "available"],
        ["Zoé Citoyenne", "grandes-marees", "expired"],
        ["Zoé Citoyenne", "grandes-marees", "updated"],
        ["Zoé Citoyenne", "northlake", "available"],
        ["Zoé Citoyenne", "northlake", "available"],
        ["Zoé Citoyenne", "northlake", "revoked"],
    ]


def test_this_term_s_letters_are_issued_wait_and_were_sent_back(facts: Facts) -> None:
    assert facts["batches"] == [
        ["attestations-automne.csv", "done", 24, 0],
        ["attestations-deuxieme-envoi.csv", "waiting", 26, 0],
        ["attestations-retardataires.csv", "refused", 4, 3],
    ]


def test_first_page_of_every_current_version_in_a_wallet_is_drawn(facts: Facts) -> None:
    assert facts["undrawn"] == 0


def test_shares_in_each_state(facts: Facts) -> None:
    assert facts["zoe"] == {
        "Ancienne candidature, Hydro-Rive": "disabled",
        "Assurance, preuve de diplôme": "enabled",
        "Bourse d’excellence, comité": "enabled",
        "Candidature à la maîtrise": "enabled",
        "Dossier de location": "used-up",
        "Emploi, Pêches du Nord": "expired",
        "Harbour Survey Co., entrevue": "enabled",
        "Lien dans mon curriculum vitæ": "enabled",
        "Permis de navigation": "enabled",
        "Stage à l’Institut du littoral": "enabled",
        "Visa d’études": "enabled",
    }
    assert set(facts["alex"].values()) == {"enabled", "disabled"}


def test_history_tells_of_guesses_and_of_the_request_that_followed(facts: Facts) -> None:
    viewed = ["share-created", "share-opened", "page-viewed"]
    assert facts["guessed"] == [*viewed, *["wrong-pin"] * 8, "gate-locked", "access-asked"]


def test_history_tells_why_a_letter_failed(facts: Facts) -> None:
    assert facts["because"] == ["mailbox-unknown 550 5.1.1"]


def test_recipients_who_were_not_told_of_the_correction(facts: Facts) -> None:
    assert facts["untold"] == ["Candidature à la maîtrise", "Emploi, Pêches du Nord"]


def test_history_lies_in_the_past_and_letters_left_soon_after_they_were_queued(facts: Facts) -> None:
    assert (facts["future"], facts["slow"], facts["lines"] > 100) == (0, 0, True)


def test_certificates_are_as_old_as_what_they_sealed(facts: Facts) -> None:
    assert facts["early"] == 0


def test_neither_the_folder_nor_the_log_holds_a_document_a_link_or_a_letter(
    demonstration: RunningServer, facts: Facts
) -> None:
    secrets = [token.encode() for token in facts["tokens"]] + [b"%PDF-", b"Saisissez ce NIP"]
    files = [path for path in demonstration.folder.rglob("*") if path.is_file() and "static" not in path.parts]
    assert len(files) > 30
    found = [path.name for path in files if any(secret in path.read_bytes() for secret in secrets)]
    assert found == []


def test_second_start_changes_nothing(demonstration: RunningServer, ask: Ask) -> None:
    before = ask("counts")
    assert "Everything is there already." in demonstration.manage("seed-demo")
    assert ask("counts") == before


def test_story_of_a_newer_attesta_is_not_told_into_an_older_folder(demonstration: RunningServer, ask: Ask) -> None:
    assert ask("forget", "embassy") == 1
    assert "Everything is there already." in demonstration.manage("seed-demo")
    assert ask("remember", "embassy") == "embassy"


def test_story_that_was_interrupted_makes_no_second_share(demonstration: RunningServer, ask: Ask, facts: Facts) -> None:
    assert ask("forget", "embassy") == ask("forget", "all stories") == 1
    assert "Made 1 pieces of history." in demonstration.manage("seed-demo")
    assert ask("states", "zoe@example.org") == facts["zoe"]


def test_tables_match_the_models(demonstration: RunningServer) -> None:
    assert "No changes detected" in demonstration.manage("makemigrations", "--check", "--dry-run", "demo")
