"""The preview is the page that the recipient sees: the same words in the same order, in the same language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions as credentials
from attesta.credentials.models import Credential
from attesta.organizations.models import Organization
from attesta.shares import actions, tokens
from attesta.shares.models import Share
from tests.harness import cast
from tests.harness.pdfs import make_pdf
from tests.learner import reading
from tests.learner.conftest import MakeShare

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"


def told(response: Any) -> dict[str, object]:
    """What a page says, without the addresses, which are each reader's own."""
    page, main = reading.read(response), reading.main(response)
    return {
        "language": next(page.all("html")).attributes["lang"],
        "title": next(page.all("title")).text,
        "headings": [each.text for level in ("h1", "h2", "h3") for each in main.all(level)],
        "reference": [each.text for each in main.all("p", class_="lead")],
        "days": [each.text for each in main.all("p", class_="small")],
        "facts": reading.facts(response),
        "checks": [each.text for each in main.all("ul", class_="checks")],
        "documents": [each.text for each in main.all("nav", class_="visit-contents")],
        "pages": [(each.attributes["alt"], each.attributes["width"]) for each in main.all("img")],
        "texts": [each.text for each in main.all("details", class_="sheet-twin")],
        "files": [each.text for each in main.all("a", class_="button-primary")],
        "menu": [each.text for each in page.all("header")],
    }


def sheets(page: Any) -> list[str]:
    """Where the buttons lead that are for paper."""
    return [
        each.attributes["href"]
        for each in reading.main(page).all("a")
        if "href" in each.attributes and "Sheet to print" in each.text
    ]


@pytest.fixture
def other(zoe: Person, other_institution: Organization) -> Credential:
    return cast.diploma(zoe, other_institution)


def visitor(share: Share) -> tuple[Client, Any]:
    browser = Client(headers={"user-agent": AGENT})
    return browser, browser.get(browser.post(f"/s/{tokens.token_of(share)}").headers["Location"])


def visited(share: Share) -> Any:
    return visitor(share)[1]


@pytest.mark.parametrize("may_download", [True, False])
def test_the_preview_says_what_the_recipient_s_page_says(
    share_of: MakeShare, browser: Client, diploma: Credential, other: Credential, zoe: Person, may_download: bool
) -> None:
    Person.objects.filter(pk=zoe.pk).update(time_zone="Pacific/Auckland", language="fr")
    day = timezone.now() + timedelta(days=30)
    share = share_of(
        diploma,
        other,
        language="en",
        reference="File 4711",
        purpose="Bourse",
        expires_at=day,
        may_download=may_download,
    )
    credentials.update(credential=diploma, pdf=make_pdf(text="Corrigé"), reason="Mention ajoutée")
    credentials.revoke(credential=other, reason="Erreur", shown=True)
    preview, page = browser.get(f"/shares/{share.pk}/preview/"), visited(share)
    assert told(preview) == told(page)
    assert told(page)["language"] == preview.headers["Content-Language"] == "en"
    assert told(page)["reference"] == ["Reference: File 4711"]
    assert bool(told(page)["files"]) is may_download
    assert "Bourse" not in preview.text


def test_above_it_a_band_says_in_the_learner_s_language_that_nothing_is_counted(
    share_of: MakeShare, browser: Client
) -> None:
    preview = browser.get(f"/shares/{share_of(language='en').pk}/preview/")
    [band] = reading.main(preview).all("div", class_="page-head", lang="fr")
    assert [title.text for title in band.all("p", class_="notice-title")] == ["Ceci est un aperçu"]
    assert next(band.all("a", class_="back")).text == "Retour"


def test_of_a_closed_share_the_band_says_what_the_recipient_sees_instead(
    share_of: MakeShare, browser: Client, zoe: Person
) -> None:
    share, said = share_of(), "votre destinataire voit seulement que le lien ne s’ouvre pas."
    assert said not in reading.main(browser.get(f"/shares/{share.pk}/preview/")).text
    actions.disable(share=share, by=zoe)
    assert said in reading.main(browser.get(f"/shares/{share.pk}/preview/")).text


def test_the_switch_of_the_page_changes_its_language(share_of: MakeShare, browser: Client) -> None:
    preview = browser.get(f"/shares/{share_of(language='en').pk}/preview/?lang=fr")
    assert told(preview)["headings"][0] == "Zoé Citoyenne partage un document avec vous"  # type: ignore[index]


def test_the_preview_of_a_share_that_is_not_yet_is_the_same_page(
    browser: Client, diploma: Credential, share_of: MakeShare
) -> None:
    typed = {"name": "Maîtrise", "language": "en", "may_download": "on", "expiry": "none", "reference": "File 4711"}
    form = {"draft": str(uuid4()), "channel": "link", "document": str(diploma.pk)}
    review = browser.post("/shares/new/", form | typed, follow=True)
    preview = browser.get(reading.links(review)["Aperçu du destinataire"])
    recipient, visit = visitor(share_of(language="en", reference="File 4711"))
    assert told(preview) == told(visit)
    assert told(browser.get(sheets(preview)[0])) == told(recipient.get(sheets(visit)[0]))


def test_its_sheet_to_print_is_the_recipient_s_and_tells_nobody(
    share_of: MakeShare, browser: Client, stranger: Client, diploma: Credential, other: Credential
) -> None:
    share = share_of(diploma, other, language="en", reference="File 4711")
    credentials.revoke(credential=other, reason="Erreur", shown=True)
    preview, (recipient, visit) = browser.get(f"/shares/{share.pk}/preview/"), visitor(share)
    [own], [theirs] = sheets(preview), sheets(visit)
    before = Line.objects.count()
    assert told(browser.get(own)) == told(recipient.get(theirs))
    assert reading.links(browser.get(own))["Back"] == f"/shares/{share.pk}/preview/#document-{diploma.pk}"
    assert Line.objects.count() == before + 1  # the recipient's
    revoked = f"/shares/{share.pk}/preview/?sheet={other.pk}"
    assert [who.get(address).status_code for who, address in ((browser, revoked), (stranger, own))] == [404, 404]
