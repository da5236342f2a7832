"""A new share, step by step: nothing typed is lost, no PIN rests anywhere, and twice is once."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from attesta.accounts.models import Person
from attesta.accounts.sessions import SessionStore
from attesta.credentials import actions as credentials
from attesta.credentials.models import Credential
from attesta.learner import drafts
from attesta.learner.drafts import Draft
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from attesta.shares import links, tokens
from attesta.shares.models import Share
from tests.harness.pdfs import make_pdf
from tests.learner import reading
from tests.learner.conftest import ADMISSIONS, MakeShare

NEW = "/shares/new/"
PLAIN = {"language": "fr", "may_download": "on", "expiry": "none", "name": "Partage01"}


def start(diploma: Credential, channel: str) -> dict[str, str]:
    """What the options page posts besides its fields."""
    return {"document": str(diploma.pk), "channel": channel, "draft": str(uuid.uuid4())}


def share_it(browser: Client, diploma: Credential, channel: str, **fields: str) -> Any:
    """Options, review, confirm; the page that follows."""
    first = start(diploma, channel)
    reviewed = browser.post(NEW, first | PLAIN | fields, follow=True)
    assert step_of(reviewed) == "review"
    return browser.post(NEW, {"draft": first["draft"], "act": "share"}, follow=True)


def step_of(response: Any) -> str:
    address = response.redirect_chain[-1][0] if response.redirect_chain else ""
    return parse_qs(urlsplit(address).query).get("step", [""])[0]


def errors(response: Any) -> list[str]:
    return [line.text for each in reading.main(response).all("div", class_="error-summary") for line in each.all("li")]


def test_steps_lead_from_documents_to_options_by_addresses_alone(diploma: Credential, browser: Client) -> None:
    first = browser.get(NEW)
    assert next(reading.main(first).all("h2")).text == "Quels documents?"
    second = browser.get(f"{NEW}?document={diploma.pk}")
    assert next(reading.main(second).all("h2")).text == "Comment le faire parvenir au destinataire?"
    third = browser.get(f"{NEW}?document={diploma.pk}&channel=link", follow=True)
    assert next(reading.main(third).all("h2")).text == "Qui, comment et jusqu’à quand?"
    [name] = reading.main(third).all("input", name="name")
    assert name.attributes["value"] == "Diplôme de baccalauréat"


def test_a_link_is_shared(browser: Client, diploma: Credential) -> None:
    done = share_it(browser, diploma, "link", recipient_name="Fondation", pin="4821 07", purpose="Bourse")
    share = Share.objects.get()
    assert (share.recipient_name, share.purpose, tokens.pin_of(share)) == ("Fondation", "Bourse", "482107")
    [field] = reading.main(done).all("input", id="share-url")
    assert field.attributes["value"] == links.of_recipient(share)
    [qr] = reading.main(done).all("img", class_="qr")
    assert qr.attributes["src"] == f"/shares/{share.pk}/qr.svg"
    found = reading.links(done)
    assert (found["Voir le partage"], found["Aperçu du destinataire"]) == (
        f"/shares/{share.pk}/",
        f"/shares/{share.pk}/preview/",
    )


def test_each_mailbox_gets_a_share_of_its_own(browser: Client, diploma: Credential) -> None:
    done = share_it(
        browser, diploma, "email", recipients=f"{ADMISSIONS}\nB@example.org, {ADMISSIONS}", message="Bonjour"
    )
    assert list(Share.objects.order_by("recipient_email").values_list("recipient_email", "message")) == [
        (ADMISSIONS, "Bonjour"),
        ("b@example.org", "Bonjour"),
    ]
    assert [each.text.split()[0] for each in reading.main(done).all("li", class_="untold")] == [
        ADMISSIONS,
        "b@example.org",
    ]
    assert Letter.objects.filter(kind="shares.invitation").count() == 2


def test_options_become_what_was_chosen(spring: time_machine.Traveller, browser: Client, diploma: Credential) -> None:
    fields = {"expiry": "date", "expires_on": "2024-04-30", "max_consultations": "3", "notify_first": "on"}
    first = start(diploma, "link")
    plain = {name: value for name, value in PLAIN.items() if name != "may_download"}
    review = browser.post(NEW, first | plain | fields | {"reference": "DA-1"}, follow=True)
    assert list(reading.facts(review).items()) == [
        ("Nom du partage", "Partage01"),
        ("Destinataire", "S. O."),
        ("Documents", "Diplôme de baccalauréat"),
        ("But du partage", "S. O."),
        ("Référence", "DA-1"),
        ("Date d’expiration", "30 avril 2024"),
        ("NIP", "Aucun"),
        ("Limite de consultations", "3"),
        ("Téléchargement", "Non permis : les pages sont montrées en images"),
        ("Langue", "Français"),
    ]
    browser.post(NEW, {"draft": first["draft"], "act": "share"})
    share = Share.objects.get()
    assert (share.may_download, share.notify_first, share.max_consultations) == (False, True, 3)
    assert share.expires_at == datetime(2024, 5, 1, tzinfo=ZoneInfo("America/Toronto"))


@pytest.mark.parametrize(("expiry", "last"), [("30", date(2024, 4, 21)), ("90", date(2024, 6, 20)), ("none", None)])
def test_quick_choices_of_an_expiry(
    expiry: str, last: date | None, spring: time_machine.Traveller, browser: Client, diploma: Credential
) -> None:
    share_it(browser, diploma, "link", expiry=expiry)
    assert Share.objects.get().last_day == last


@pytest.mark.parametrize(
    ("pin", "promise"),
    [
        (
            "",
            "À l’ouverture, un code à usage unique est envoyé à cette boîte de réception : seule la personne qui la "
            "lit peut consulter.",
        ),
        (
            "4821",
            "Le NIP part dans un second courriel. Il est demandé à l’ouverture, au lieu d’un code à usage unique.",
        ),
    ],
)
def test_the_review_says_what_will_happen(pin: str, promise: str, browser: Client, diploma: Credential) -> None:
    review = browser.post(NEW, start(diploma, "email") | PLAIN | {"recipients": ADMISSIONS, "pin": pin}, follow=True)
    [section] = [each for each in reading.main(review).all("section") if each.has({"aria-labelledby": "next"})]
    assert [line.text for line in section.all("li")][:3] == [
        "Le destinataire reçoit un courriel contenant un lien.",
        "Le courriel donne au destinataire votre adresse, zoe@example.org, pour vous répondre.",
        promise,
    ]


def test_where_an_email_is_prepared_it_says_whose_address_it_gives(
    browser: Client, diploma: Credential, share_of: MakeShare
) -> None:
    said = "Le courriel donne au destinataire votre adresse, zoe@example.org, pour vous répondre."
    emailed, link = share_of(recipients=[ADMISSIONS]), share_of()
    addresses = [
        *(f"{NEW}?document={diploma.pk}&channel={channel}" for channel in ("email", "link")),
        *(f"/shares/{share.pk}/edit/" for share in (emailed, link)),
    ]
    pages = [browser.get(address, follow=True) for address in addresses]
    assert [said in reading.main(page).text for page in pages] == [True, False, True, False]


def test_nothing_typed_is_lost(browser: Client, diploma: Credential) -> None:
    first = start(diploma, "link")
    wrong = browser.post(NEW, first | PLAIN | {"pin": "12", "reference": "DA-1", "expiry": "date"}, follow=True)
    assert (step_of(wrong), errors(wrong)) == (
        "options",
        [
            "NIP – Un NIP compte de 4 à 12 chiffres.",
            "Dernier jour – Choisissez le dernier jour, ou une autre échéance.",
        ],
    )
    kept = {field.attributes["name"]: field.attributes.get("value") for field in reading.main(wrong).all("input")}
    assert (kept["pin"], kept["reference"]) == ("12", "DA-1")
    browser.post(NEW, first | PLAIN | {"pin": "1234", "reference": "DA-1"})
    back = browser.get(f"{NEW}?document={diploma.pk}&channel=link&draft={first['draft']}")
    again = {field.attributes["name"]: field.attributes.get("value") for field in reading.main(back).all("input")}
    assert (again["pin"], again["reference"]) == ("1234", "DA-1")


def test_another_channel_keeps_what_both_have(browser: Client, diploma: Credential) -> None:
    first = start(diploma, "link")
    plain = {name: value for name, value in PLAIN.items() if name != "may_download"}
    browser.post(NEW, first | plain | {"reference": "DA-1"})
    turned = browser.get(f"{NEW}?document={diploma.pk}&channel=email&draft={first['draft']}")
    kept = {field.attributes["name"]: field for field in reading.main(turned).all("input")}
    assert kept["reference"].attributes["value"] == "DA-1"
    assert "checked" not in kept["may_download"].attributes
    assert errors(turned) == []


def test_a_pin_rests_nowhere_in_the_open(browser: Client, diploma: Credential) -> None:
    answer = browser.post(NEW, start(diploma, "link") | PLAIN | {"pin": "48210733"})
    assert "48210733" not in answer.headers["Location"]
    rows = [SessionStore().decode(data) for data in Session.objects.values_list("session_data", flat=True)]
    [session] = [row for row in rows if drafts.PLACE in row]
    assert "48210733" not in str(session)


def test_drafts_are_sealed_for_their_person(zoe: Person, alex: Person, browser: Client) -> None:
    session, draft = browser.session, Draft(uuid.uuid4(), [uuid.uuid4()], "link", {"pin": "482107"})
    drafts.save(session, zoe, draft)
    assert drafts.load(session, zoe, draft.id) == draft
    assert drafts.load(session, alex, draft.id) is None
    for _number in range(drafts.KEPT):
        drafts.save(session, zoe, Draft(uuid.uuid4()))
    assert drafts.load(session, zoe, draft.id) is None


def test_a_double_press_makes_one_share(browser: Client, diploma: Credential) -> None:
    first = start(diploma, "email")
    browser.post(NEW, first | PLAIN | {"recipients": ADMISSIONS})
    kept = browser.session[drafts.PLACE]
    press = {"draft": first["draft"], "act": "share"}
    answers = [browser.post(NEW, press)]
    session = browser.session  # the second press was on its way before the first was answered
    session[drafts.PLACE] = kept
    session.save()
    answers.append(browser.post(NEW, press))
    assert {answer.headers["Location"] for answer in answers} == {f"/shares/new/done/{first['draft']}/"}
    assert (Share.objects.count(), Letter.objects.filter(kind="shares.invitation").count()) == (1, 1)
    assert browser.get(f"{NEW}?draft={first['draft']}").headers["Location"] == f"/shares/new/done/{first['draft']}/"


def test_a_forgotten_draft_shares_nothing(browser: Client, diploma: Credential) -> None:
    answer = browser.post(NEW, {"draft": str(uuid.uuid4()), "act": "share"}, follow=True)
    assert reading.messages(answer) == ["Ce formulaire n’est plus ouvert. Rien n’a été partagé : veuillez recommencer."]
    assert Share.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"recipients": ""}, "Adresses courriel – Ce champ est obligatoire."),
        ({"recipients": "zoe@"}, "Adresses courriel – Ceci n’est pas une adresse courriel : zoe@."),
        (
            {"recipients": " ".join(f"a{n}@example.org" for n in range(21))},
            "Adresses courriel – Au plus 20 adresses à la fois.",
        ),
        ({"expiry": "date", "expires_on": "2001-01-01"}, "Dernier jour – Choisissez aujourd’hui ou un jour à venir."),
        ({"name": ""}, "Nom du partage – Ce champ est obligatoire."),
    ],
)
def test_what_is_wrong_is_said_in_words(
    fields: dict[str, str], complaint: str, browser: Client, diploma: Credential
) -> None:
    values = PLAIN | {"recipients": ADMISSIONS} | fields
    assert errors(browser.post(NEW, start(diploma, "email") | values, follow=True)) == [complaint]


def test_more_emails_than_a_day_allows_are_refused_and_kept(
    browser: Client, diploma: Credential, settings: Settings
) -> None:
    settings.INVITATIONS_A_DAY = 1
    first = start(diploma, "email")
    browser.post(NEW, first | PLAIN | {"recipients": f"{ADMISSIONS} b@example.org"})
    answer = browser.post(NEW, {"draft": first["draft"], "act": "share"})
    assert (answer.status_code, Share.objects.count()) == (422, 0)
    assert errors(answer) == [
        "Adresses courriel – Vous avez envoyé autant de courriels qu’une journée le permet. Votre saisie est conservée"
        " : partagez par lien, ou continuez demain."
    ]
    [kept] = reading.main(answer).all("textarea", name="recipients")
    assert kept.text == f"{ADMISSIONS} b@example.org"


def test_sharing_again_with_the_same_mailbox_is_said_to_be_needless(
    share_of: MakeShare, browser: Client, diploma: Credential
) -> None:
    share = share_of(recipients=[ADMISSIONS])
    review = browser.post(NEW, start(diploma, "email") | PLAIN | {"recipients": ADMISSIONS}, follow=True)
    assert reading.notices(review) == ["Il n’est pas nécessaire de partager de nouveau"]
    assert reading.links(review)["Voir le partage Partage01"] == f"/shares/{share.pk}/"


@pytest.mark.parametrize(("go", "wanted"), [("channel", "channel"), ("documents", "documents")])
def test_going_back_keeps_what_was_typed_for_either_channel(
    go: str, wanted: str, browser: Client, diploma: Credential
) -> None:
    typed = PLAIN | {"recipients": ADMISSIONS, "message": "Bonjour!", "go": go}
    first = start(diploma, "email")
    earlier = browser.post(NEW, first | typed)
    assert f"step={wanted}" in earlier.headers["Location"]
    browser.post(NEW, first | PLAIN | {"channel": "link"})
    again = browser.get(NEW, {"draft": first["draft"], "channel": "email"})
    assert "Bonjour!" in again.text and ADMISSIONS in again.text


def test_preview_before_anything_is_shared(browser: Client, diploma: Credential) -> None:
    review = browser.post(NEW, start(diploma, "link") | PLAIN, follow=True)
    seen = browser.get(reading.links(review)["Aperçu du destinataire"])
    assert reading.notices(seen) == ["Ceci est un aperçu"]
    assert next(reading.main(seen).all("img")).attributes["src"] == f"/documents/{diploma.pk}/pages/1/"
    assert Share.objects.count() == 0
    assert step_of(browser.get(reading.links(seen)["Retour"], follow=True)) == ""


def test_a_revoked_document_falls_out(browser: Client, diploma: Credential, institution: Organization) -> None:
    other = credentials.issue(
        issuer=institution,
        learner_email=diploma.learner_email,
        title_fr="Relevé",
        title_en="Transcript",
        issued_on=date(2024, 3, 1),
        pdf=make_pdf(text="Relevé"),
    )
    first = start(diploma, "link")
    both = {"document": [str(diploma.pk), str(other.pk)]}
    browser.post(NEW, first | PLAIN | both)
    credentials.revoke(credential=diploma, reason="Erreur", shown=True)
    browser.post(NEW, {"draft": first["draft"], "act": "share"})
    assert [item.credential for item in Share.objects.get().items.all()] == [other]


def test_no_document_chosen_is_said(browser: Client, diploma: Credential) -> None:
    response = browser.get(f"{NEW}?chosen=1")
    [notice] = reading.main(response).all("div", class_="notice")
    assert notice.text == "Choisissez au moins un document."


def test_a_stranger_shares_nothing_of_hers(diploma: Credential, browser: Client, stranger: Client) -> None:
    assert stranger.get(f"{NEW}?document={diploma.pk}").status_code == 404
    assert stranger.post(NEW, start(diploma, "link") | PLAIN).status_code == 404
    done = share_it(browser, diploma, "link").request["PATH_INFO"]
    assert (browser.get(done).status_code, stranger.get(done).status_code) == (200, 404)
