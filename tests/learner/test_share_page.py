"""A share's page (guide steps 03, 04 and 07 to 10), with the words of the guide in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions as credentials
from attesta.credentials.models import Credential
from attesta.mail.models import Letter
from attesta.shares import actions, links, tokens
from attesta.shares.models import AccessRequest, Share
from tests.harness.pdfs import make_pdf
from tests.learner import reading
from tests.learner.conftest import ADMISSIONS, MakeShare, opened

FRENCH = {
    "Nom du partage": "Partage01",
    "Destinataire": "Fondation du Fleuve",
    "But du partage": "télécharger",
    "Référence": "S. O.",
    "Date d’expiration": "S. O.",
    "Nombre de consultations": "1",
    "Date de création": "22 mars 2024",
    "Date de la dernière consultation": "22 mars 2024",
    "Statut": "Activé",
    "Partager l’URL": "Copier le lien Lien et code QR Partager l’URL Renouveler le lien",
    "NIP": "Aucun",
    "Téléchargement": "Permis",
}
ENGLISH = {
    "Share name": "Partage01",
    "Recipient": "Fondation du Fleuve",
    "Purpose of share": "télécharger",
    "Reference": "N/A",
    "Expiry date": "N/A",
    "Views": "1",
    "Created": "March 22, 2024",
    "Last viewed": "March 22, 2024",
    "Status": "Enabled",
    "Share URL": "Copy link Link and QR code Share URL Renew link",
    "PIN": "None",
    "Downloading": "Allowed",
}


def page(share: Share) -> str:
    return f"/shares/{share.pk}/"


@pytest.fixture
def link(spring: time_machine.Traveller, share_of: MakeShare) -> Share:
    """The share of the guide, viewed once."""
    share = share_of(recipient_name="Fondation du Fleuve", purpose="télécharger")
    opened(share)
    return share


def speak(person: Person, language: str) -> None:
    Person.objects.filter(pk=person.pk).update(language=language)


@pytest.mark.parametrize(("language", "expected"), [("fr", FRENCH), ("en", ENGLISH)])
def test_step_03_facts_stand_in_the_guides_order_and_words(
    language: str, expected: dict[str, str], zoe: Person, link: Share, browser: Client
) -> None:
    speak(zoe, language)
    assert list(reading.facts(browser.get(page(link))).items()) == list(expected.items())


@pytest.mark.parametrize(
    ("language", "sentence", "heads", "row", "totals"),
    [
        (
            "fr",
            "Vous avez partagé votre document avec Fondation du Fleuve le 22 mars 2024.",
            ["Organisme", "Document", "Émis", "Statut"],
            ["Université du Fleuve", "Diplôme de baccalauréat", "22 mars 2024", "Disponible"],
            ["Total de 1 document", "2 activités dans l’historique"],
        ),
        (
            "en",
            "You shared your document with Fondation du Fleuve on March 22, 2024.",
            ["Organization", "Document", "Issued", "Status"],
            ["River University", "Bachelor’s degree", "March 22, 2024", "Available"],
            ["1 document in total", "2 events in the history"],
        ),
    ],
)
def test_step_04_documents_and_activity(
    language: str,
    sentence: str,
    heads: list[str],
    row: list[str],
    totals: list[str],
    zoe: Person,
    link: Share,
    browser: Client,
) -> None:
    speak(zoe, language)
    response = browser.get(page(link))
    assert next(reading.main(response).all("p", class_="lead")).text == sentence
    assert (reading.heads(response, "Documents"), reading.rows(response, "Documents")) == (heads, [row])
    assert [total.text for total in reading.main(response).all("span", class_="fold-total")] == totals


def test_step_04_activity_reads_as_the_guide_does(link: Share, browser: Client) -> None:
    response = browser.get(page(link))
    caption = "Consulter l’activité"
    assert reading.heads(response, caption) == ["Date", "Description", "Effectué par", "Destinataire"]
    someone, recipient = "Une personne ayant le lien", "Fondation du Fleuve"
    assert reading.rows(response, caption) == [
        ["22 mars 2024, 14:03", "Le partage de Diplôme de baccalauréat a été consulté", someone, recipient],
        ["22 mars 2024, 14:03", f"Partage d’URL créé avec {recipient}", "Zoé Citoyenne", recipient],
    ]


def test_several_documents_are_several(share_of: MakeShare, diploma: Credential, browser: Client) -> None:
    other = credentials.issue(
        issuer=diploma.issuer,
        learner_email=diploma.learner_email,
        title_fr="Relevé de notes",
        title_en="Transcript",
        issued_on=diploma.issued_on,
        pdf=make_pdf(text="Relevé"),
    )
    response = browser.get(page(share_of(diploma, other)))
    assert [total.text for total in reading.main(response).all("span", class_="fold-total")] == [
        "Total de 2 documents",
        "1 activité dans l’historique",
    ]
    lead = next(reading.main(response).all("p", class_="lead")).text
    assert lead.startswith("Vous avez partagé vos documents par un lien le ")


def test_steps_07_and_08_one_button_changes_its_label_and_becomes_primary(link: Share, browser: Client) -> None:
    assert reading.buttons(browser.get(page(link)))["Désactiver"] == f"{page(link)}disable/"
    answer = browser.post(f"{page(link)}disable/", follow=True)
    assert answer.redirect_chain == [(page(link), 302)]
    assert reading.facts(answer)["Statut"] == "Désactivé"
    assert reading.messages(answer) == [
        "« Partage01 » est désactivé : plus personne ne peut l’ouvrir. Son historique est conservé."
    ]
    [form] = list(reading.main(answer).all("form", action=f"{page(link)}enable/"))
    [button] = form.all("button")
    assert (button.text, button.has({"class_": "button-primary"})) == ("Activer", True)
    assert "Désactiver" not in reading.buttons(answer)
    again = browser.post(f"{page(link)}enable/", follow=True)
    assert reading.facts(again)["Statut"] == "Activé"


def test_step_09_the_email_is_resent_only_while_the_share_is_active(share_of: MakeShare, browser: Client) -> None:
    share = share_of(recipients=[ADMISSIONS])
    assert reading.buttons(browser.get(page(share)))["Renvoyer le courriel"] == f"{page(share)}resend/"
    answer = browser.post(f"{page(share)}resend/", follow=True)
    assert reading.messages(answer) == [f"Le courriel à {ADMISSIONS} est de nouveau en route."]
    assert Letter.objects.filter(kind="shares.invitation", subject_id=share.pk).count() == 2
    browser.post(f"{page(share)}disable/")
    assert "Renvoyer le courriel" not in reading.buttons(browser.get(page(share)))
    refused = browser.post(f"{page(share)}resend/", follow=True)
    assert reading.messages(refused)[0].startswith("Rien n’a été envoyé : ce partage ne peut pas être ouvert")


def test_a_link_share_has_no_email_to_resend(link: Share, browser: Client) -> None:
    assert "Renvoyer le courriel" not in reading.buttons(browser.get(page(link)))
    answer = browser.post(f"{page(link)}resend/", follow=True)
    assert reading.messages(answer) == [
        "Ce partage n’a pas d’adresse courriel. Copiez son lien et envoyez-le vous-même."
    ]


def test_step_10_an_update_that_the_recipient_was_not_told_of(
    share_of: MakeShare, diploma: Credential, browser: Client
) -> None:
    share = share_of(recipients=[ADMISSIONS])
    credentials.update(credential=diploma, pdf=make_pdf(text="Corrigé"), reason="Mention ajoutée")
    assert reading.notices(browser.get(page(share))) == ["Un document a été mis à jour"]
    browser.post(f"{page(share)}resend/")
    assert reading.notices(browser.get(page(share))) == []


def test_pin_is_hidden_until_shown_and_showing_is_logged(share_of: MakeShare, browser: Client) -> None:
    share = share_of(pin="482107")
    hidden = browser.get(page(share))
    assert (reading.facts(hidden)["NIP"], b"482107" in hidden.content) == ("•••• Afficher le NIP", False)
    shown = browser.post(f"{page(share)}pin/", follow=True)
    assert shown.redirect_chain == [(f"{page(share)}#pin", 302)]
    assert reading.facts(shown)["NIP"] == "482107"
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert Line.objects.filter(share_id=share.pk, verb="pin-shown").count() == 1
    assert reading.facts(browser.get(page(share)))["NIP"] == "•••• Afficher le NIP"


def test_link_can_be_copied_and_scanned(link: Share, browser: Client) -> None:
    [field] = reading.main(browser.get(page(link))).all("input", id="share-url")
    assert field.attributes["value"] == links.of_recipient(link)
    qr = browser.get(f"{page(link)}qr.svg")
    assert (qr.headers["Content-Type"], qr.headers["Cache-Control"]) == ("image/svg+xml", "private, no-store")
    assert qr.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')


def test_renewing_the_link_is_confirmed_by_name(link: Share, browser: Client) -> None:
    asked = browser.get(f"{page(link)}renew/confirm/")
    assert next(reading.main(asked).all("h1")).text == "Renouveler le lien de « Partage01 »?"
    old = links.of_recipient(link)
    answer = browser.post(f"{page(link)}renew/", follow=True)
    link.refresh_from_db()
    [field] = reading.main(answer).all("input", id="share-url")
    assert field.attributes["value"] == links.of_recipient(link) != old


def test_an_expired_share_says_what_to_do(spring: time_machine.Traveller, share_of: MakeShare, browser: Client) -> None:
    share = share_of(expires_at=timezone.now() + timedelta(days=1))
    spring.shift(timedelta(days=2))
    response = browser.get(page(share))
    assert reading.notices(response) == ["Le lien a expiré"]
    assert reading.facts(response)["Statut"] == "Expiré"
    assert reading.buttons(response)["Rouvrir pour 30 jours"] == f"{page(share)}reopen/"
    answer = browser.post(f"{page(share)}reopen/", follow=True)
    assert reading.messages(answer) == ["« Partage01 » peut de nouveau être ouvert, par le même lien."]
    assert (reading.facts(answer)["Statut"], reading.notices(answer)) == ("Activé", [])


def test_a_request_for_an_open_link_is_put_away_and_nothing_is_claimed(share_of: MakeShare, browser: Client) -> None:
    share = share_of(pin="482107")
    actions.ask_access(token=tokens.token_of(share), network="192.0.2.1", name="Irène", email="i@x.ca", message="")
    response = browser.get(page(share))
    assert "le NIP" in reading.main(response).text
    answer = browser.post(reading.buttons(response)["Classer la demande"], follow=True)
    assert reading.messages(answer) == ["C’est noté. « Partage01 » était déjà ouvert : personne n’a reçu de courriel."]
    assert reading.notices(answer) == []


def test_a_closed_share_s_new_link_is_not_said_to_be_sent(share_of: MakeShare, browser: Client, zoe: Person) -> None:
    share = actions.disable(share=share_of(recipients=[ADMISSIONS]), by=zoe)
    [told] = reading.messages(browser.post(f"{page(share)}renew/", follow=True))
    assert "n’a pas été envoyé" in told


def test_a_used_up_share_says_what_to_do(share_of: MakeShare, browser: Client) -> None:
    share = share_of(max_consultations=1)
    opened(share)
    response = browser.get(page(share))
    assert reading.notices(response) == ["La limite de consultations est atteinte"]
    assert reading.facts(response)["Nombre de consultations"] == "1 sur 1"
    browser.post(reading.buttons(response)["Permettre 1 consultation de plus"])
    assert reading.facts(browser.get(page(share)))["Nombre de consultations"] == "1 sur 2"
    opened(share, "second")
    assert "Permettre 1 consultation de plus" in reading.buttons(browser.get(page(share)))


def test_a_request_for_access_is_answered_in_one_click(share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    actions.disable(share=share, by=share.owner)
    AccessRequest.objects.create(
        share=share, name="Samuel", email="samuel@example.org", message="S’il vous plaît", created_at=timezone.now()
    )
    response = browser.get(page(share))
    assert reading.notices(response) == ["Quelqu’un demande l’accès"]
    browser.post(reading.buttons(response)["Rouvrir"])
    answered = browser.get(page(share))
    assert (reading.notices(answered), reading.facts(answered)["Statut"]) == ([], "Activé")
    assert Letter.objects.filter(kind="shares.access-given", to="samuel@example.org").count() == 1


def test_a_request_about_an_open_link_says_what_is_missing(share_of: MakeShare, browser: Client) -> None:
    missing = {"pin": "a peut-être pas le NIP", "mailbox": "code envoyé à la boîte de courriel"}
    shares = [share_of(recipients=["jury@example.org"], pin="482107"), share_of(recipients=["jury@example.org"])]
    for share in shares:
        asker = {"name": "Samuel", "email": "samuel@example.org"}
        AccessRequest.objects.create(share=share, created_at=timezone.now(), **asker)
    pages = [browser.get(page(share)).text for share in shares]
    assert [[name for name, words in missing.items() if words in each] for each in pages] == [["pin"], ["mailbox"]]


def test_preview_shows_what_the_recipient_sees_and_counts_nothing(link: Share, browser: Client) -> None:
    before = Line.objects.count(), Share.objects.values("consultations").get(pk=link.pk)
    response = browser.get(f"{page(link)}preview/")
    assert reading.notices(response) == ["Ceci est un aperçu"]
    pictures = [image.attributes["src"] for image in reading.main(response).all("img")]
    credential = link.items.get().credential_id
    assert pictures == [f"/documents/{credential}/pages/1/", f"/documents/{credential}/pages/2/"]
    assert browser.get(pictures[0]).headers["Content-Type"] == "image/webp"
    assert (Line.objects.count(), Share.objects.values("consultations").get(pk=link.pk)) == before


def test_last_view_is_shown_at_once(spring: time_machine.Traveller, share_of: MakeShare, browser: Client) -> None:
    share = share_of()
    assert reading.facts(browser.get(page(share)))["Date de la dernière consultation"] == "S. O."
    spring.move_to(datetime.fromisoformat("2024-04-02T12:00:00+00:00"))
    opened(share)
    assert reading.facts(browser.get(page(share)))["Date de la dernière consultation"] == "2 avril 2024"


def test_step_10_the_learner_tells_the_holder_of_a_link_and_notes_it(
    link: Share, browser: Client, diploma: Credential, stranger: Client
) -> None:
    credentials.update(credential=diploma, pdf=make_pdf(text="Corrigé"), reason="Mention ajoutée")
    assert reading.buttons(browser.get(page(link)))["Je l’ai avisé"] == f"{page(link)}told/"
    assert stranger.post(f"{page(link)}told/").status_code == 404
    answer = browser.post(f"{page(link)}told/", follow=True)
    assert "Je l’ai avisé" not in reading.buttons(answer)
    line = Line.objects.latest("id")
    assert (line.verb, line.share_id) == ("update-told", link.pk)
    browser.post(f"{page(link)}told/")
    assert Line.objects.filter(verb="update-told").count() == 1


def test_what_an_institution_took_back_is_named_and_nothing_more_is_told_of_it(
    link: Share, diploma: Credential, browser: Client
) -> None:
    credentials.correct_address(credential=diploma, email="someone.else@example.org")
    diploma.refresh_from_db()
    credentials.update(credential=diploma, pdf=make_pdf(text="new"), reason="Mention de Léa corrigée")
    answer = browser.get(page(link))
    [row] = next(iter(reading.main(answer).all("tbody"))).all("tr")
    assert row.text == "Université du Fleuve Diplôme de baccalauréat 22 mars 2024 N’est plus à vous"
    assert not list(row.all("a"))
    assert "Léa" not in reading.main(answer).text
    assert "Léa" not in browser.get(f"{page(link)}activity.csv").getvalue().decode()
