"""Revoke, correct, invite again, download a list: each by who may, lately signed in, and never by a stale form."""

from __future__ import annotations

import csv
import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.accounts.rules import RECENT
from attesta.activity.models import Line
from attesta.credentials import actions, searching
from attesta.credentials.models import Batch, Credential, TemplateKind
from attesta.issuer.views import exporting
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from tests.credentials.batches.conftest import template_of
from tests.credentials.batches.files import diplomas
from tests.harness.pdfs import make_pdf
from tests.issuer.conftest import Issue, signed_in_at, with_factor
from tests.learner import reading


def standing(credential: Credential) -> dict[str, Any]:
    return dict(Credential.objects.values().get(pk=credential.pk))


def page(desk: str, credential: Credential, act: str = "") -> str:
    return f"{desk}documents/{credential.pk}/{act}"


# --- revoke ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shown", "told"), [("staff", False), ("all", True)])
def test_revoking_names_the_document_and_keeps_the_reason(
    shown: str, told: bool, diploma: Credential, registrars: Client, desk: str
) -> None:
    asked = registrars.get(page(desk, diploma, "revoke/"))
    assert next(reading.main(asked).all("h1")).text == "Révoquer « Diplôme de baccalauréat »?"
    posted = {"version": "1", "reason": "Émis par erreur", "shown": shown}
    answer = registrars.post(page(desk, diploma, "revoke/"), posted, follow=True)
    assert reading.messages(answer) == [
        "« Diplôme de baccalauréat » est révoqué. L’apprenant en est informé par courriel."
    ]
    diploma.refresh_from_db()
    assert (diploma.revocation_reason, diploma.revocation_shown) == ("Émis par erreur", told)


def test_what_is_done_to_a_document_keeps_the_way_back_to_the_list(
    diploma: Credential, registrars: Client, desk: str
) -> None:
    opened = f"{page(desk, diploma)}?list=q%3Ddipl"
    offered = reading.links(registrars.get(opened))
    for act in ("Mettre à jour", "Révoquer", "Corriger l’adresse"):
        assert reading.links(registrars.get(offered[act], follow=True))["Annuler"] == opened
    posted = {"version": "1", "reason": "Émis par erreur", "shown": "staff"}
    answer = registrars.post(offered["Révoquer"], posted, follow=True)
    assert answer.redirect_chain == [(opened, 302)]
    assert reading.links(answer)["Documents"] == f"{desk}documents/?q=dipl"


def test_revoking_twice_is_revoking_once(diploma: Credential, registrars: Client, desk: str) -> None:
    posted = {"version": "1", "reason": "Émis par erreur", "shown": "staff"}
    registrars.post(page(desk, diploma, "revoke/"), posted)
    before = standing(diploma)
    again = registrars.post(page(desk, diploma, "revoke/"), posted | {"reason": "Autre"}, follow=True)
    assert again.redirect_chain == [(page(desk, diploma), 302)]
    assert standing(diploma) == before


def test_a_reason_is_asked_for_beside_its_field(diploma: Credential, registrars: Client, desk: str) -> None:
    answer = registrars.post(page(desk, diploma, "revoke/"), {"version": "1", "reason": " ", "shown": "all"})
    [error] = reading.main(answer).all("p", class_="field-error")
    assert error.text == "Ce champ est obligatoire."
    assert reading.main(answer).text.count("Motif") > 0
    assert standing(diploma)["revoked_at"] is None


def test_what_a_colleague_updated_meanwhile_is_not_revoked_unseen(
    diploma: Credential, registrars: Client, desk: str
) -> None:
    actions.update(credential=diploma, pdf=make_pdf(text="Corrigé"), reason="Mention ajoutée")
    posted = {"version": "1", "reason": "Faute dans le nom", "shown": "all"}
    answer = registrars.post(page(desk, diploma, "revoke/"), posted)
    assert (answer.status_code, standing(diploma)["revoked_at"]) == (409, None)
    [kept] = reading.main(answer).all("textarea")
    assert kept.text == "Faute dans le nom"
    [version] = reading.main(answer).all("input", name="version")
    assert version.attributes["value"] == "2"
    assert registrars.post(page(desk, diploma, "revoke/"), posted | {"version": "2"}).status_code == 302


def test_what_is_revoked_before_its_release_is_told_to_nobody(issue: Issue, registrars: Client, desk: str) -> None:
    waiting = issue("Zoé Citoyenne", release_at=timezone.now() + timedelta(days=1))
    posted = {"version": "1", "reason": "Émis par erreur", "shown": "all"}
    answer = registrars.post(page(desk, waiting, "revoke/"), posted, follow=True)
    assert reading.messages(answer) == [
        "« Diplôme » est révoqué. Il n’a jamais été remis : l’apprenant n’est informé de rien."
    ]
    assert "Personne ne l’avait reçu" in reading.main(answer).text
    assert not Letter.objects.exists()


# --- a sign-in that has grown old --------------------------------------------------------------------


def test_trust_20_what_was_typed_survives_a_second_sign_in(diploma: Credential, registrar: Person, desk: str) -> None:
    there = page(desk, diploma, "revoke/")
    browser = signed_in_at(with_factor(registrar), time.time() - RECENT - 1)
    asked = browser.get(there)
    assert asked.headers["Location"] == f"/accounts/reauthenticate/?next={there.replace('/', '%2F')}"
    posted = {"version": "1", "reason": "Émis par erreur", "shown": "all"}
    answer = browser.post(there, posted)
    assert (answer.status_code, standing(diploma)["revoked_at"]) == (302, None)
    assert "Émis par erreur" not in str(dict(browser.session))
    fresh(browser)
    back = browser.get(there)
    assert reading.messages(back) == [
        "Votre identité est de nouveau confirmée. Rien n’a été fait entre-temps : vérifiez, "
        "puis confirmez encore une fois."
    ]
    [typed] = reading.main(back).all("textarea")
    assert typed.text == "Émis par erreur"
    assert next(iter(reading.main(browser.get(there)).all("textarea"))).text == ""


def test_a_button_leads_back_to_its_page(diploma: Credential, registrar: Person, desk: str) -> None:
    browser = signed_in_at(with_factor(registrar), time.time() - RECENT - 1)
    there = f"http://testserver{page(desk, diploma)}"
    answer = browser.post(page(desk, diploma, "file/"), headers={"Referer": there})
    assert answer.headers["Location"].endswith(there.replace(":", "%3A").replace("/", "%2F"))
    assert browser.get(page(desk, diploma)).status_code == 200


def test_trust_20_handing_in_needs_a_recent_sign_in_and_keeps_what_was_chosen(
    registrar: Person, institution: Organization, desk: str
) -> None:
    template = template_of(institution, TemplateKind.DIPLOMA)
    browser = signed_in_at(with_factor(registrar), time.time() - RECENT - 5)
    chosen = {"form": "csv", "template": template.pk, "quiet": "on", "release_on": "2099-06-12"}
    answer = browser.post(f"{desk}batches/new/", chosen | {"file": a_table()})
    assert (answer.status_code, "reauthenticate" in answer.headers["Location"]) == (302, True)
    assert Batch.objects.count() == 0
    fresh(browser)
    back = browser.get(f"{desk}batches/new/")
    assert reading.messages(back) == [
        "Votre identité est de nouveau confirmée. Rien n’a été fait entre-temps : vérifiez, "
        "puis confirmez encore une fois.",
        "Choisissez le fichier de nouveau : il n’est pas conservé pendant que vous confirmez votre identité.",
    ]
    form = reading.main(back)
    assert [each.attributes["value"] for each in form.all("input", name="release_on")] == ["2099-06-12"]
    assert "checked" in next(each for each in form.all("input", name="quiet")).attributes
    assert [each.attributes["value"] for each in form.all("option") if "selected" in each.attributes] == [
        str(template.pk)
    ]
    assert browser.post(f"{desk}batches/new/", chosen | {"file": a_table()}).status_code == 302
    assert Batch.objects.count() == 1


def a_table() -> SimpleUploadedFile:
    return SimpleUploadedFile("diplomes.csv", diplomas(1))


def fresh(browser: Client) -> None:
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session.save()


# --- correct, invite again ---------------------------------------------------------------------------


def test_a_corrected_address_tells_the_old_one(issue: Issue, registrars: Client, desk: str) -> None:
    wrong = issue("Zoé Citoyenne", email="zoe@exemple.org")
    Letter.objects.all().delete()
    posted = {"before": "zoe@exemple.org", "email": "Zoe@Example.org"}
    answer = registrars.post(page(desk, wrong, "address/"), posted, follow=True)
    assert reading.messages(answer) == [
        "Désormais, le document est destiné à zoe@example.org. L’ancienne adresse apprend que ce n’est plus elle."
    ]
    assert set(Letter.objects.values_list("to", flat=True)) == {"zoe@exemple.org", "zoe@example.org"}
    again = registrars.post(page(desk, wrong, "address/"), posted, follow=True)
    assert reading.messages(again) == ["Le document est destiné à zoe@example.org."]


def test_nothing_is_said_to_be_told_of_a_quiet_document(issue: Issue, registrars: Client, desk: str) -> None:
    wrong = issue("Zoé Citoyenne", email="zoe@exemple.org", quiet=True)
    asked = reading.main(registrars.get(page(desk, wrong, "address/"))).text
    assert "Le document est destiné à zoe@exemple.org." in asked
    assert "apprend" not in asked
    posted = {"before": "zoe@exemple.org", "email": "zoe@example.org"}
    answer = registrars.post(page(desk, wrong, "address/"), posted, follow=True)
    assert reading.messages(answer) == ["Le document est destiné à zoe@example.org."]
    assert not Letter.objects.exists()


def test_whoever_claimed_it_is_named_before_they_lose_it(
    diploma: Credential, registrars: Client, desk: str, zoe: Person
) -> None:
    asked = registrars.get(page(desk, diploma, "address/"))
    assert reading.notices(asked) == ["Quelqu’un a reçu ce document"]
    assert "Zoé Citoyenne l’a reçu" in reading.main(asked).text
    registrars.post(page(desk, diploma, "address/"), {"before": zoe.email, "email": "other@example.org"})
    diploma.refresh_from_db()
    assert (diploma.learner, diploma.learner_email) == (None, "other@example.org")


def test_an_address_corrected_meanwhile_is_not_overwritten(issue: Issue, registrars: Client, desk: str) -> None:
    wrong = issue("Zoé Citoyenne", email="first@example.org")
    actions.correct_address(credential=wrong, email="second@example.org")
    posted = {"before": "first@example.org", "email": "third@example.org"}
    answer = registrars.post(page(desk, wrong, "address/"), posted)
    assert (answer.status_code, standing(wrong)["learner_email"]) == (409, "second@example.org")
    [email] = reading.main(answer).all("input", name="email")
    assert email.attributes["value"] == "third@example.org"


def test_an_address_that_is_none_is_refused_beside_its_field(issue: Issue, registrars: Client, desk: str) -> None:
    wrong = issue("Zoé Citoyenne", email="first@example.org")
    answer = registrars.post(page(desk, wrong, "address/"), {"before": "first@example.org", "email": "zoé@@x"})
    assert len(list(reading.main(answer).all("p", class_="field-error"))) == 1
    assert standing(wrong)["learner_email"] == "first@example.org"


def test_an_invitation_is_sent_again_until_somebody_has_it(
    issue: Issue, diploma: Credential, registrars: Client, desk: str
) -> None:
    waiting = issue("Ève Tremblay")
    Letter.objects.all().delete()
    answer = registrars.post(page(desk, waiting, "invite/"), follow=True)
    assert reading.messages(answer) == ["L’invitation est de nouveau en route vers waiting@example.org."]
    assert [letter.to for letter in Letter.objects.all()] == ["waiting@example.org"]
    had = registrars.post(page(desk, diploma, "invite/"), follow=True)
    assert reading.messages(had) == [
        "La personne a déjà ce document : aucune invitation n’est nécessaire. Rien n’a été modifié."
    ]
    assert "Renvoyer l’invitation" not in reading.buttons(registrars.get(page(desk, diploma)))


def test_an_invitation_is_not_sent_without_end(issue: Issue, registrars: Client, desk: str) -> None:
    waiting = issue("Ève Tremblay")
    for _ in range(5):
        registrars.post(page(desk, waiting, "invite/"))
    sent = Letter.objects.count()
    answer = registrars.post(page(desk, waiting, "invite/"), follow=True)
    assert (
        reading.messages(answer)[-1] == "L’invitation a déjà été envoyée cinq fois en une heure. Réessayez plus tard."
    )
    assert Letter.objects.count() == sent


@pytest.mark.parametrize("act", ["revoke/", "address/", "invite/"])
def test_readers_and_strangers_change_nothing(
    act: str, diploma: Credential, readers: Client, strangers: Client, desk: str
) -> None:
    before = standing(diploma)
    posted = {"version": "1", "before": "zoe@example.org", "email": "x@example.org", "reason": "x", "shown": "all"}
    refused = readers.post(page(desk, diploma, act), posted)
    assert refused.status_code == 403
    assert "Rémi Registraire" in reading.main(refused).text  # who may
    assert strangers.post(page(desk, diploma, act), posted).status_code == 404
    assert standing(diploma) == before


# --- a list as a file --------------------------------------------------------------------------------


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_trust_30_a_list_is_downloaded_neutral_and_logged(
    issue: Issue, registrars: Client, readers: Client, strangers: Client, desk: str
) -> None:
    issue("=HYPERLINK(1)", number="@1")
    revoked = issue("Alex Tremblay", number="2024-2")
    actions.revoke(credential=revoked, reason="Erreur", shown=False)
    answer = registrars.post(f"{desk}documents/export/")
    head, alex, formula = table(answer)
    assert head[:3] == ["Numéro du document", "Titre en français", "Titre en anglais"]
    assert alex[:8] == [
        *("2024-2", "Diplôme", "Diploma", "Alex Tremblay", "waiting@example.org", "2024-03-22", "", "Révoqué"),
    ]
    assert formula[:4] == ["'@1", "Diplôme", "Diploma", "'=HYPERLINK(1)"]
    line = Line.objects.latest("pk")
    assert (line.verb, line.actor_label, line.facts) == ("list-exported", "Rémi Registraire", {})
    assert len(table(registrars.post(f"{desk}documents/export/?status=revoked"))) == 2
    assert Line.objects.latest("pk").facts == {"query": "?status=revoked"}
    assert (
        readers.post(f"{desk}documents/export/").status_code,
        registrars.get(f"{desk}documents/export/").status_code,
    ) == (*(403, 405),)
    assert strangers.post(f"{desk}documents/export/").status_code == 404


def test_a_long_list_is_whole_however_it_is_found(
    issue: Issue, registrars: Client, desk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 2)
    for name in ("Marc", "Marie", "Martin", "Maxime", "Zoé"):
        issue(name)
    everyone = table(registrars.post(f"{desk}documents/export/"))[1:]
    assert [row[3] for row in everyone] == ["Zoé", "Maxime", "Martin", "Marie", "Marc"]
    monkeypatch.setattr(searching, "FEW", 2)
    by_word = table(registrars.post(f"{desk}documents/export/?q=ma"))[1:]
    assert [row[3] for row in by_word] == ["Marc", "Marie", "Martin", "Maxime"]
