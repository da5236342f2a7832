"""The visit: what was shared, who issued it, what is known of it now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from attesta.accounts.models import Person
from attesta.credentials import actions as issuing
from attesta.credentials.models import Credential, Version
from attesta.organizations.models import Organization
from attesta.shares import actions
from attesta.shares.models import Share, Visit
from tests.harness.pdfs import PdfMaker
from tests.recipient.conftest import Recipient, ShareMaker, text, verbs


@pytest.fixture
def inside(share: Share, recipient: Recipient) -> Recipient:
    """A recipient who opened the plain link."""
    recipient.knock(share)
    return recipient


def test_the_page_says_what_who_and_whom_to_ask(share_of: ShareMaker, recipient: Recipient) -> None:
    recipient.knock(share_of(reference="Dossier 4711", message="Voici.", purpose="Secret de Zoé"))
    page = text(recipient.get(recipient.visit))
    for words in (
        "Zoé Citoyenne partage un document avec vous",
        "Référence\xa0: Dossier 4711",
        "Diplôme de baccalauréat",
        "Université du Fleuve",
        "22 mars 2024",
        "Bureau du registraire",
        'href="mailto:registraire@fleuve.example"',
        "418 555-0100",
    ):
        assert words in page
    assert "Secret de Zoé" not in page and "Voici." not in page


def test_the_last_day_is_the_one_that_the_owner_chose(share_of: ShareMaker, recipient: Recipient, zoe: Person) -> None:
    """Vancouver's midnight is three in the morning in Toronto: the letter and the page name the same day."""
    Person.objects.filter(pk=zoe.pk).update(time_zone="America/Vancouver")
    recipient.knock(share_of(expires_at=datetime(2099, 4, 2, 7, 0, tzinfo=UTC)))
    assert "Le lien expire à la fin du 1er avril 2099." in text(recipient.get(recipient.visit))


def test_pages_are_pictures_with_their_text_beside_them(inside: Recipient, diploma: Credential) -> None:
    first = text(inside.get(inside.visit))
    assert first.count('loading="lazy"') == 2
    assert f'src="{inside.part(diploma, "pages/1")}"' in first
    assert 'alt="Diplôme de baccalauréat, page 1 sur 2"' in first
    assert f'href="{inside.part(diploma, "pages/1/text")}"' in first
    inside.get(inside.part(diploma, "pages/1"))  # draws it
    second = text(inside.get(inside.visit))
    assert '<div class="sheet-text">Diplôme de baccalauréat\nPage 1</div>' in second
    assert f'href="{inside.part(diploma, "pages/1/text")}"' not in second


def test_the_text_of_a_page_has_an_address(inside: Recipient, diploma: Credential) -> None:
    page = text(inside.get(inside.part(diploma, "pages/2/text")))
    assert "Diplôme de baccalauréat\nPage 2" in page
    assert f'href="{inside.part(diploma, "pages/1/text")}"' in page
    assert inside.get(inside.part(diploma, "pages/3/text")).status_code == 404


def test_it_says_what_is_known_and_gives_the_fingerprint(inside: Recipient, diploma: Credential) -> None:
    page = text(inside.get(inside.visit))
    assert "Non révoqué" in page
    assert Version.objects.get(credential=diploma).sha256 in page
    assert "scell" not in page and "signature" not in page


def test_an_update_is_what_the_visit_shows_next(inside: Recipient, diploma: Credential, pdf: PdfMaker) -> None:
    inside.get(inside.part(diploma, "pages/1"))
    issuing.update(credential=diploma, pdf=pdf(pages=3, text="Diplôme corrigé"), reason="Nom corrigé", as_given=True)
    page = text(inside.get(inside.visit))
    assert "Mis à jour" in page and page.count('loading="lazy"') == 3
    assert "Diplôme corrigé" in text(inside.get(inside.part(diploma, "pages/1/text")))
    assert inside.get(inside.part(diploma, "file")).content == pdf(pages=3, text="Diplôme corrigé")


@pytest.mark.parametrize(("shown", "seen"), [(True, 1), (False, 0)])
def test_a_revoked_document_is_a_tombstone(inside: Recipient, diploma: Credential, shown: bool, seen: int) -> None:
    issuing.revoke(credential=diploma, reason="Émis par erreur", shown=shown)
    answer = inside.get(inside.visit)
    page = text(answer)
    assert answer.status_code == 200
    assert "Ce document a été révoqué" in page and page.count("Émis par erreur") == seen
    assert "registraire@fleuve.example" in page
    assert "<img" not in page and "/file" not in page and "sha" not in page.lower()


def test_the_credentials_expiry_and_the_links_are_worded_apart(
    zoe: Person, institution: Organization, share_of: ShareMaker, recipient: Recipient, pdf: PdfMaker
) -> None:
    card = issuing.issue(
        issuer=institution,
        learner_email=zoe.email,
        title_fr="Carte de premiers soins",
        title_en="First aid card",
        issued_on=date(2022, 5, 1),
        expires_on=date(2025, 5, 1),
        pdf=pdf(),
    )
    share = share_of(credentials=[card], expires_at=timezone.now() + timedelta(days=30))
    recipient.knock(share)
    page = text(recipient.get(recipient.visit))
    assert "Titre expiré" in page and "1er mai 2025" in page
    assert "Le lien expire à la fin du" in page
    assert recipient.get(recipient.part(card, "pages/1")).status_code == 200


def test_trust_14_a_view_only_share_never_sends_the_original(
    share_of: ShareMaker, recipient: Recipient, diploma: Credential
) -> None:
    share = share_of(may_download=False)
    recipient.knock(share)
    page = text(recipient.get(recipient.visit))
    assert "/file" not in page and "Vous pouvez consulter ce document, mais non le télécharger" in page
    for headers in ({}, {"range": "bytes=0-9"}):
        refused = recipient.get(recipient.part(diploma, "file"), headers=headers)
        assert refused.status_code == 404 and b"%PDF" not in refused.content
    share.refresh_from_db()
    assert (share.downloads, verbs(share)) == (0, ["share-opened"])
    assert recipient.get(recipient.part(diploma, "pages/1")).status_code == 200
    assert recipient.get(recipient.part(diploma, "print")).status_code == 200


def test_the_sheet_to_print_stands_alone_and_is_told_once(share: Share, inside: Recipient, diploma: Credential) -> None:
    for _ in range(2):
        sheet = text(inside.get(inside.part(diploma, "print")))
    for words in ("Partagé par Zoé Citoyenne", "localhost:8000", "Université du Fleuve", "Disponible", "page 2 sur 2"):
        assert words in sheet
    assert Version.objects.get(credential=diploma).sha256 in sheet
    assert 'loading="lazy"' not in sheet
    assert verbs(share) == ["share-opened", "print-sheet"]


@pytest.mark.parametrize("documents", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_documents(
    share_of: ShareMaker,
    three_documents: list[Credential],
    recipient: Recipient,
    django_assert_num_queries: DjangoAssertNumQueries,
    documents: int,
) -> None:
    recipient.knock(share_of(credentials=three_documents[:documents]))
    with django_assert_num_queries(4):
        assert text(recipient.get(recipient.visit)).count("<article") == documents


def test_use_renews_a_visit_and_disuse_ends_it(share: Share, inside: Recipient) -> None:
    began = Visit.objects.get().started_at
    for minutes in (20, 40, 60):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            assert inside.get(inside.visit).status_code == 200
    with time_machine.travel(began + timedelta(minutes=90), tick=False):
        ended = inside.get(inside.visit)
    assert ended.status_code == 404
    page = text(ended)
    assert "Votre visite est terminée" in page and "Your visit has ended" in page


def test_every_visit_that_may_not_go_on_gets_the_same_bytes(
    share_of: ShareMaker, recipient: Recipient, stranger: Recipient, diploma: Credential
) -> None:
    ways: dict[str, Callable[[Share], object]] = {
        "disabled": lambda share: actions.disable(share=share, by=share.owner),
        "renewed": lambda share: actions.renew_link(share=share, by=share.owner),
        "forgotten": lambda share: Visit.objects.filter(share=share).delete(),
        "gone": lambda share: share.delete(),
    }
    seen = {stranger.get("/visits/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/").content}
    for close in ways.values():
        share = share_of()
        visitor = Recipient()
        visitor.knock(share)
        close(share)
        answers = [visitor.get(visitor.visit), visitor.get(visitor.part(diploma, "file")), stranger.get(visitor.visit)]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        seen |= {answer.content for answer in answers}
    assert len(seen) == 1


def test_a_visit_is_of_one_browser(share: Share, inside: Recipient, stranger: Recipient, diploma: Credential) -> None:
    place = inside.part(diploma, "pages/1")
    assert stranger.get(inside.visit).status_code == 404  # no cookie
    stranger.knock(share)
    assert stranger.get(inside.visit).status_code == 404  # the cookie of another visit
    assert stranger.get(place).status_code == 404
    assert stranger.get(stranger.visit).status_code == 200
    assert inside.get(place).status_code == 200


def test_a_visit_shows_its_own_share_only(
    inside: Recipient, share_of: ShareMaker, three_documents: list[Credential]
) -> None:
    share_of(credentials=[three_documents[1]])
    for rest in ("pages/1", "pages/1/text", "file", "print"):
        assert inside.get(inside.part(three_documents[1], rest)).status_code == 404
