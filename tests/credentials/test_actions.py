"""Issue, update, revoke: one transaction each, and nothing at all when refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.credentials import actions, register, sealing
from attesta.credentials.actions import making, releasing, updating
from attesta.credentials.models import Credential, Term, Version
from attesta.credentials.querysets import Held
from attesta.credentials.rules import Refusal, Refused, Status
from attesta.mail.models import Letter, State
from attesta.organizations.models import Organization
from tests.credentials import files
from tests.credentials.conftest import everything
from tests.harness.pdfs import PdfMaker, make_pdf


def sound(issuer: Organization, **changes: Any) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "learner_email": "zoe@example.org",
        "title_fr": "Relevé de notes",
        "title_en": "Transcript",
        "issued_on": date(2024, 3, 22),
        "pdf": make_pdf(),
        **changes,
    }


def lines() -> list[tuple[str, str, dict[str, Any]]]:
    return [(line.verb, line.actor_label, line.facts) for line in Line.objects.order_by("id")]


def test_issue_writes_document_line_and_letter(institution: Organization, registrar: Person) -> None:
    document = actions.issue(**sound(institution, learner_email=" Zoe@Example.org", by=registrar, number="B-1"))
    document.refresh_from_db()
    assert (document.learner_email, document.learner, document.claimed_at) == ("zoe@example.org", None, None)
    assert (document.number, document.latest, document.status) == ("B-1", 1, Status.AVAILABLE)
    version = document.versions.get()
    assert (version.number, version.page_count, version.source) == (1, 1, "uploaded")
    assert lines() == [("issued", "Rémi Registraire", {"fr": "Relevé de notes", "en": "Transcript"})]
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.subject_id) == ("credentials.issued", "zoe@example.org", document.pk)


def test_issue_to_a_proved_mailbox_is_its_owners_at_once(zoe: Person, institution: Organization) -> None:
    document = actions.issue(**sound(institution))
    document.refresh_from_db()
    assert document.learner == zoe
    assert document.claimed_at == document.created_at
    assert Line.objects.get().owner_id == zoe.pk
    assert Line.objects.get().actor_label == "Université du Fleuve"


def test_quiet_issue_sends_no_letter(institution: Organization) -> None:
    actions.issue(**sound(institution, quiet=True))
    assert Letter.objects.count() == 0
    assert Line.objects.count() == 1


def test_issue_again_under_the_same_number_is_the_same_document(institution: Organization) -> None:
    first = actions.issue(**sound(institution, number="B-1"))
    assert actions.issue(**sound(institution, number=" B-1 ")) == first
    assert (Credential.objects.count(), Line.objects.count(), Letter.objects.count()) == (1, 1, 1)


def test_issue_again_after_an_update_is_still_the_same_document(institution: Organization, pdf: PdfMaker) -> None:
    first = actions.issue(**sound(institution, number="B-1"))
    actions.update(credential=first, pdf=pdf(pages=2), reason="Correction")
    assert actions.issue(**sound(institution, number="B-1")) == first
    assert Version.objects.count() == 2


def test_a_revoked_document_s_number_issues_nothing(institution: Organization) -> None:
    first = actions.issue(**sound(institution, number="B-1"))
    actions.revoke(credential=first, reason="Erreur", shown=False)
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, number="B-1"))
    assert (refusal.value.code, Credential.objects.count()) == (Refusal.NUMBER_REVOKED, 1)


def test_numbers_are_each_institutions_own(institution: Organization, other_institution: Organization) -> None:
    first = actions.issue(**sound(institution, number="B-1"))
    assert actions.issue(**sound(other_institution, number="B-1")) != first


def test_documents_without_number_are_never_the_same(institution: Organization) -> None:
    assert actions.issue(**sound(institution)) != actions.issue(**sound(institution))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title_fr": " "}, Refusal.TITLE_MISSING),
        ({"title_en": ""}, Refusal.TITLE_MISSING),
        ({"learner_email": "zoe"}, Refusal.EMAIL_INVALID),
        ({"issued_on": timezone.localdate() + timedelta(days=3)}, Refusal.ISSUED_IN_FUTURE),
        ({"expires_on": date(2024, 3, 22)}, Refusal.EXPIRES_BEFORE_ISSUED),
        ({"number": "TAKEN"}, Refusal.NUMBER_TAKEN),
        ({"number": "TAKEN", "pdf": make_pdf(text="Other"), "learner_name": "Zoe"}, Refusal.NUMBER_TAKEN),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else "",
)
def test_refused_issue_changes_nothing(
    changes: dict[str, Any], code: Refusal, institution: Organization, vault_folder: Path, pdf: PdfMaker
) -> None:
    actions.issue(**sound(institution, number="TAKEN", pdf=pdf(text="Other")))
    before = everything(vault_folder)
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, **changes))
    assert refusal.value.code is code
    assert everything(vault_folder) == before


@pytest.mark.parametrize("code", files.REFUSED)
def test_refused_file_changes_nothing(code: str, institution: Organization, vault_folder: Path) -> None:
    actions.issue(**sound(institution, number="TAKEN"))
    before = everything(vault_folder)
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution, pdf=files.REFUSED[code]()))
    assert refusal.value.code is Refusal(code)
    assert everything(vault_folder) == before


def test_receivers_issue_nothing(institution: Organization, vault_folder: Path) -> None:
    Organization.objects.update(is_issuer=False, is_receiver=True)
    institution.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        actions.issue(**sound(institution))
    assert refusal.value.code is Refusal.NOT_AN_ISSUER
    assert not vault_folder.exists()


def test_update_makes_the_next_version(diploma: Credential, registrar: Person, zoe: Person, pdf: PdfMaker) -> None:
    version = actions.update(credential=diploma, pdf=pdf(pages=3), reason=" Note\ncorrigée ", by=registrar)
    fresh = Credential.objects.get()
    assert (fresh.latest, fresh.status, fresh.updated_at) == (2, Status.UPDATED, version.created_at)
    assert diploma.latest == 2
    assert (version.number, version.page_count, version.reason) == (2, 3, "Note corrigée")
    line = Line.objects.get(verb="document-updated")
    facts = {"fr": "Diplôme de baccalauréat", "en": "Bachelor’s degree", "version": 2, "reason": "Note corrigée"}
    assert (line.facts, line.owner_id, line.credential_id) == (facts, zoe.pk, diploma.pk)
    letter = Letter.objects.get(kind="credentials.updated")
    assert (letter.to, letter.language, letter.facts) == ("zoe@example.org", "fr", {"version": 2})


def test_an_update_from_a_pdf_corrects_what_is_told_of_the_document(
    diploma: Credential, registrar: Person, pdf: PdfMaker
) -> None:
    content = pdf(pages=3)
    corrected: dict[str, Any] = {
        "learner_name": " Zoé\nTremblay ",
        "title_fr": "Diplôme de baccalauréat",
        "title_en": "Bachelor of Arts",
    }
    version = actions.update(credential=diploma, pdf=content, reason="Nom", by=registrar, **corrected)
    standing = register.of_file(version.sha256)
    assert standing is not None
    assert (standing.learner_name, standing.credential.title_en) == ("Zoé Tremblay", "Bachelor of Arts")
    assert Term.objects.get(word="tremblay").credential == diploma
    assert not Term.objects.filter(word="citoyenne").exists()
    line = Line.objects.get(verb="document-updated")
    assert (line.facts["en"], line.facts["corrected"]) == ("Bachelor of Arts", ["learner_name", "title_en"])
    again = actions.update(credential=diploma, pdf=content, reason="Titre", title_fr="Baccalauréat ès arts")
    assert (again.number, Credential.objects.get().title_fr) == (3, "Baccalauréat ès arts")
    with pytest.raises(Refused) as refusal:
        actions.update(credential=diploma, pdf=content, reason="Rien", title_fr="Baccalauréat ès arts")
    assert refusal.value.code is Refusal.SAME_FILE


def test_the_same_file_with_another_name_is_not_the_press_before(diploma: Credential, pdf: PdfMaker) -> None:
    asked: dict[str, Any] = {"credential": diploma, "pdf": pdf(pages=3), "reason": "Nom", "seen": 1}
    first = actions.update(**asked, learner_name="Zoé Tremblay")
    assert actions.update(**asked, learner_name="Zoé Tremblay") == first
    with pytest.raises(Refused) as refusal:
        actions.update(**asked, learner_name="Zoé Trembley")
    assert refusal.value.code is Refusal.CHANGED_MEANWHILE
    assert Credential.objects.get().learner_name == "Zoé Tremblay"


def test_issue_again_after_a_pdf_corrected_its_name_is_still_the_same_document(
    institution: Organization, pdf: PdfMaker
) -> None:
    first = actions.issue(**sound(institution, number="B-1", learner_name="Zoé Trembley"))
    actions.update(credential=first, pdf=pdf(pages=2), reason="Nom", learner_name="Zoé Tremblay")
    assert actions.issue(**sound(institution, number="B-1", learner_name="Zoé Trembley")) == first


def test_a_stale_copy_still_updates_the_newest_version(diploma: Credential, pdf: PdfMaker) -> None:
    stale = Credential.objects.get()
    actions.update(credential=diploma, pdf=pdf(text="second"), reason="First correction")
    actions.update(credential=stale, pdf=pdf(text="third"), reason="Second correction")
    assert list(diploma.versions.values_list("number", flat=True)) == [3, 2, 1]
    assert Credential.objects.get().latest == 3


def test_a_second_update_withdraws_the_letter_of_the_first(diploma: Credential, pdf: PdfMaker) -> None:
    actions.update(credential=diploma, pdf=pdf(text="second"), reason="First correction")
    actions.update(credential=diploma, pdf=pdf(text="third"), reason="Second correction")
    states = Letter.objects.filter(kind="credentials.updated").order_by("created_at")
    assert list(states.values_list("state", flat=True)) == [State.WITHDRAWN, State.QUEUED]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " \n"}, Refusal.REASON_MISSING),
        ({"reason": "x" * 2001}, Refusal.REASON_TOO_LONG),
        ({"learner_name": "x" * 151}, Refusal.NAME_TOO_LONG),
        ({"title_en": "x" * 201}, Refusal.TITLE_TOO_LONG),
        ({"issued_on": date(24, 3, 22)}, Refusal.DAY_UNLIKELY),
        ({"issued_on": timezone.localdate() + timedelta(days=3)}, Refusal.ISSUED_IN_FUTURE),
        ({"pdf": make_pdf(pages=2, text="Diplôme de baccalauréat")}, Refusal.SAME_FILE),
        ({"pdf": files.encrypted(password="x")}, Refusal.ENCRYPTED),
        ({"pdf": files.truncated()}, Refusal.TRUNCATED),
        ({"pdf": b"GIF89a"}, Refusal.NOT_A_PDF),
    ],
)
def test_refused_update_changes_nothing(
    changes: dict[str, Any], code: Refusal, diploma: Credential, vault_folder: Path
) -> None:
    sealing.current(diploma.issuer)  # made at first use
    before = everything(vault_folder)
    with pytest.raises(Refused) as refusal:
        actions.update(**{"credential": diploma, "pdf": make_pdf(), "reason": "Correction", **changes})
    assert refusal.value.code is code
    assert everything(vault_folder) == before


@pytest.mark.parametrize("shown", [True, False])
def test_revoke_is_written_and_told(shown: bool, diploma: Credential, registrar: Person) -> None:
    actions.revoke(credential=diploma, reason="Émis par erreur", shown=shown, by=registrar)
    fresh = Credential.objects.get()
    assert fresh.status is Status.REVOKED
    assert fresh.shown_reason == ("Émis par erreur" if shown else "")
    line = Line.objects.get(verb="document-revoked")
    assert ("reason" in line.facts, line.actor_id) == (shown, registrar.pk)
    assert Letter.objects.get(kind="credentials.issued").state == State.WITHDRAWN
    assert Letter.objects.get(kind="credentials.revoked").state == State.QUEUED


def test_revoked_documents_never_change_again(diploma: Credential, vault_folder: Path, pdf: PdfMaker) -> None:
    stale = Credential.objects.get()
    actions.revoke(credential=diploma, reason="Émis par erreur", shown=True)
    before = everything(vault_folder)
    with pytest.raises(Refused) as refusal:
        actions.update(credential=stale, pdf=pdf(), reason="Correction")
    assert refusal.value.code is Refusal.REVOKED
    with pytest.raises(Refused):
        actions.revoke(credential=stale, reason="Encore", shown=False)
    assert everything(vault_folder) == before


def test_revoke_needs_a_reason(diploma: Credential, vault_folder: Path) -> None:
    before = everything(vault_folder)
    with pytest.raises(Refused) as refusal:
        actions.revoke(credential=diploma, reason="", shown=True)
    assert refusal.value.code is Refusal.REASON_MISSING
    assert everything(vault_folder) == before


def test_the_same_key_again_is_the_same_document(institution: Organization) -> None:
    key = uuid4()
    made = [actions.issue(**sound(institution), key=key) for _ in range(2)]
    assert [each.pk for each in made] == [key, key]
    assert Credential.objects.count() == 1


def later(issuer: Organization, **changes: Any) -> Credential:
    """To be released tomorrow."""
    return actions.issue(**sound(issuer, release_at=timezone.now() + timedelta(days=1), **changes))


def test_an_address_corrected_while_others_are_released_is_the_one_that_counts(
    zoe: Person, institution: Organization
) -> None:
    """Its row was read with those that were due, before its turn."""
    document = later(institution)
    stale = Credential.objects.select_related("issuer").get()
    actions.correct_address(credential=document, email="alex@example.org")
    assert releasing._release(stale, timezone.now() + timedelta(days=2)) == 1
    document.refresh_from_db()
    assert (document.learner, document.release_due_at) == (None, None)
    assert [letter.to for letter in Letter.objects.all()] == ["alex@example.org"]


def test_a_mailbox_that_heard_of_nothing_is_not_told_of_a_correction(institution: Organization) -> None:
    actions.correct_address(credential=later(institution), email="alex@example.org")
    assert not Letter.objects.exists()


def test_what_is_revoked_before_its_release_never_reaches_its_learner(zoe: Person, institution: Organization) -> None:
    document = later(institution)
    stale = Credential.objects.select_related("issuer").get()
    actions.revoke(credential=document, reason="Erreur", shown=False)
    after = timezone.now() + timedelta(days=2)
    assert (actions.release_due(now=after), releasing._release(stale, after)) == (0, 0)
    document.refresh_from_db()
    assert (document.learner, document.release_due_at is None) == (None, False)
    assert [line.verb for line in Line.objects.order_by("id")] == ["issued", "document-revoked"]
    assert not Letter.objects.exists()
    assert not Credential.objects.held(Held.SCHEDULED).exists()


def test_a_quiet_document_s_mailboxes_hear_nothing_of_a_correction(institution: Organization) -> None:
    document = actions.issue(**sound(institution, quiet=True, learner_email="wrong@example.org"))
    actions.correct_address(credential=document, email="right@example.org")
    assert not Letter.objects.exists()


def test_a_quiet_document_that_its_mailbox_heard_of_is_told_to_have_moved(
    zoe: Person, institution: Organization, pdf: PdfMaker
) -> None:
    """By its owner's list, by an update, or by an invitation sent by hand: then the new one is invited as well."""
    told: list[set[tuple[str, str]]] = []
    for email in (zoe.email, "updated@example.org", "invited@example.org"):
        document = actions.issue(**sound(institution, quiet=True, learner_email=email))
        if email.startswith("updated"):
            actions.update(credential=document, pdf=pdf(text="Corrigé"), reason="Nom")
        if email.startswith("invited"):
            actions.invite_again(credential=document)
        Letter.objects.all().delete()
        actions.correct_address(credential=document, email="right@example.org")
        told.append(set(Letter.objects.values_list("kind", "to")))
    assert told == [
        {("credentials.moved", zoe.email)},
        {("credentials.moved", "updated@example.org")},
        {("credentials.moved", "invited@example.org"), ("credentials.issued", "right@example.org")},
    ]


def test_two_presses_at_once_make_one_new_version(institution: Organization, pdf: PdfMaker) -> None:
    """The second is kept while the first one is sealed."""
    document, corrected = actions.issue(**sound(institution)), pdf(text="corrected")

    def sealed(version: Version) -> making.Made:
        actions.update(credential=Credential.objects.get(), pdf=corrected, reason="Name")
        return making.uploaded(version, corrected)

    press = updating.Change(making.digest(corrected), sealed, "Name", date(2024, 3, 22), by=None, seen=None)
    with pytest.raises(Refused) as refusal:
        updating._update(document, press)
    document.refresh_from_db()
    assert (refusal.value.code, document.latest, document.versions.count()) == (Refusal.SAME_FILE, 2, 2)
