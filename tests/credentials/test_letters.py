"""What the learner reads, in whose language, with or without an account."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from attesta.accounts.models import Person
from attesta.credentials import actions
from attesta.credentials.models import Credential
from attesta.mail import composers
from attesta.mail.composers import Composition
from attesta.mail.models import Letter
from attesta.organizations.models import Organization
from tests.harness.pdfs import PdfMaker, make_pdf


def composed(kind: str) -> Composition | None:
    return composers.compose(Letter.objects.get(kind=kind, state="queued"))


def read(kind: str) -> Composition:
    letter = composed(kind)
    assert letter
    return letter


def issued_to(email: str, institution: Organization) -> Credential:
    return actions.issue(
        issuer=institution,
        learner_email=email,
        title_fr="Relevé & notes",
        title_en="Transcript",
        issued_on=date(2024, 3, 22),
        pdf=make_pdf(),
    )


def test_issued_in_the_learners_language(diploma: Credential) -> None:
    letter = read("credentials.issued")
    assert letter.subject == "Université du Fleuve a émis un document à votre nom : Diplôme de baccalauréat"
    assert "«\u00a0Diplôme de baccalauréat\u00a0»" in letter.text.replace("\n", " ")
    assert f"/documents/{diploma.pk}/" in letter.text
    assert "Bureau du registraire, registraire@fleuve.example" in " ".join(letter.text.split())


def test_issued_to_an_english_reader(alex: Person, institution: Organization) -> None:
    issued_to("alex@example.org", institution)
    assert read("credentials.issued").subject == "River University issued you a document: Transcript"


def test_issued_to_an_unknown_mailbox_speaks_both_languages_and_invites(institution: Organization) -> None:
    issued_to("new@example.org", institution)
    letter = read("credentials.issued")
    assert letter.subject == (
        "Université du Fleuve a émis un document à votre nom : Relevé & notes"
        " / River University issued you a document: Transcript"
    )
    words = " ".join(letter.text.split())
    assert "créez un compte avec cette même adresse, new@example.org" in words
    assert "sign up with this very address, new@example.org" in words
    assert "Créer votre compte : http://localhost:8000/accounts/signup/" in words
    assert "Create your account: http://localhost:8000/accounts/signup/" in words
    assert "/documents/" not in words
    english = letter.html[letter.html.index('lang="en"') :]
    assert "<h2>A document was issued to you</h2>" in english
    assert '/accounts/signup/">Create your account</a>' in english
    assert "Replies to it are not read." in english
    assert "Relevé &amp; notes" in letter.html


def test_a_letter_composed_after_sign_up_no_longer_invites(zoe: Person, institution: Organization) -> None:
    document = issued_to("new@example.org", institution)
    Credential.objects.filter(pk=document.pk).update(learner=zoe, claimed_at=document.created_at)
    assert "/accounts/signup/" not in read("credentials.issued").text


def test_updated_says_why_and_that_nobody_was_told(diploma: Credential, pdf: PdfMaker) -> None:
    actions.update(credential=diploma, pdf=pdf(), reason="Note de MAT-1000 corrigée")
    words = " ".join(read("credentials.updated").text.split())
    assert "> Note de MAT-1000 corrigée" in words
    assert "Vos destinataires n’en ont pas été informés." in words
    assert "«\u00a0Renvoyer le courriel\u00a0»" in read("credentials.updated").text.replace("\n", " ")


def test_updated_before_any_account_speaks_of_no_shares(institution: Organization, pdf: PdfMaker) -> None:
    document = issued_to("new@example.org", institution)
    actions.update(credential=document, pdf=pdf(text="new"), reason="Correction")
    words = " ".join(read("credentials.updated").text.split())
    assert "destinataires" not in words
    assert "créez un compte" in words


@pytest.mark.parametrize("shown", [True, False])
def test_revoked_tells_the_reason_when_it_may(shown: bool, diploma: Credential) -> None:
    actions.revoke(credential=diploma, reason="Émis par erreur", shown=shown)
    letter = read("credentials.revoked")
    assert letter.subject == "Université du Fleuve a révoqué votre document : Diplôme de baccalauréat"
    assert ("Émis par erreur" in letter.text) == shown


def test_letters_about_what_is_gone_are_not_sent(diploma: Credential) -> None:
    Letter.objects.update(subject_id="00000000-0000-0000-0000-000000000000")
    assert composed("credentials.issued") is None


def test_a_letter_already_under_way_when_revoked_is_not_composed(diploma: Credential) -> None:
    letter = Letter.objects.get(kind="credentials.issued")
    actions.revoke(credential=diploma, reason="Erreur", shown=False)
    assert composers.compose(letter) is None


@pytest.mark.parametrize("kind", ["credentials.issued", "credentials.updated"])
def test_a_letter_under_way_when_the_address_was_corrected_tells_the_old_one_nothing(
    institution: Organization, pdf: PdfMaker, kind: str
) -> None:
    document = issued_to("wrong@example.org", institution)
    actions.update(credential=document, pdf=pdf(text="new"), reason="Note corrigée")
    letter = Letter.objects.get(kind=kind)
    actions.correct_address(credential=document, email="right@example.org")
    assert composers.compose(letter) is None


def test_a_letter_reaches_a_learner_whose_own_address_is_another(diploma: Credential, zoe: Person) -> None:
    EmailAddress.objects.create(user=zoe, email="zoe@travail.example", verified=True)
    Person.objects.filter(pk=zoe.pk).update(email="zoe@travail.example")
    diploma.refresh_from_db()
    actions.revoke(credential=diploma, reason="Erreur", shown=False)
    assert Letter.objects.get(kind="credentials.revoked").to == "zoe@travail.example"
    assert read("credentials.revoked").subject.startswith("Université du Fleuve a révoqué")


def test_the_letter_of_an_older_update_is_not_composed(diploma: Credential, pdf: PdfMaker) -> None:
    actions.update(credential=diploma, pdf=pdf(text="second"), reason="First")
    letter = Letter.objects.get(kind="credentials.updated")
    actions.update(credential=diploma, pdf=pdf(text="third"), reason="Second")
    assert composers.compose(letter) is None


def test_settling_a_letter_changes_nothing(diploma: Credential) -> None:
    letter = Letter.objects.get(kind="credentials.issued")
    composers.of(letter.kind).settled(letter, at=letter.created_at)
    assert Letter.objects.get().state == "queued"
