"""Every verb of the ledger reads as a whole sentence, in French and in English."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.web import sentences

DIPLOMA = {"id": "1", "fr": "Diplôme", "en": "Diploma"}
LETTER = {"id": "2", "fr": "Attestation", "en": "Letter"}
ONE: dict[str, Any] = {"documents": [DIPLOMA]}
TO = "admissions@example.org"


def line(verb: Verb, facts: dict[str, Any] | None = None, *, to: str = "", by: str = "") -> Line:
    return Line(verb=verb.value, facts=ONE | (facts or {}), recipient_label=to, actor_label=by)


STORIES = [
    (
        line(Verb.ISSUED, {"fr": "Diplôme", "en": "Diploma"}),
        "Le document Diplôme a été émis",
        "The document Diploma was issued",
    ),
    (
        line(Verb.CLAIMED, {"fr": "Diplôme", "en": "Diploma"}),
        "Le document Diplôme a été ajouté au compte",
        "The document Diploma was added to the account",
    ),
    (
        line(Verb.UPDATED, {"fr": "Diplôme", "en": "Diploma", "version": 2, "reason": "Nom corrigé."}),
        "Le document Diplôme a été mis à jour (version 2). Motif indiqué\xa0: Nom corrigé.",
        "The document Diploma was updated to version 2. Reason given: Nom corrigé.",
    ),
    (
        line(
            Verb.UPDATED, {"fr": "D", "en": "D", "version": 2, "reason": "R", "corrected": ["learner_name", "title_en"]}
        ),
        "Le document D a été mis à jour (version 2). Le nom de l’apprenant a été corrigé. Son titre a été corrigé."
        " Motif indiqué\xa0: R.",
        "The document D was updated to version 2. The learner’s name was corrected. Its title was corrected."
        " Reason given: R.",
    ),
    (
        line(Verb.REVOKED, {"fr": "Diplôme", "en": "Diploma"}),
        "Le document Diplôme a été révoqué",
        "The document Diploma was revoked",
    ),
    (
        line(Verb.REVOKED, {"fr": "Diplôme", "en": "Diploma", "reason": "Erreur"}),
        "Le document Diplôme a été révoqué. Motif indiqué\xa0: Erreur.",
        "The document Diploma was revoked. Reason given: Erreur.",
    ),
    (
        line(Verb.CREATED, {"channel": "link"}, to="Zoé Citoyenne"),
        "Partage d’URL créé avec Zoé Citoyenne",
        "URL share created with Zoé Citoyenne",
    ),
    (
        line(Verb.CREATED, {"channel": "link"}),
        "Partage d’URL créé avec toute personne ayant le lien",
        "URL share created for anyone who has the link",
    ),
    (
        line(Verb.CREATED, {"channel": "email"}, to=TO),
        f"Partage par courriel créé avec {TO}",
        f"Email share created with {TO}",
    ),
    (
        line(Verb.EXPORTED),
        "Une liste des documents de l’établissement a été téléchargée",
        "A list of the institution’s documents was downloaded",
    ),
    (line(Verb.DISABLED), "Le partage de Diplôme a été désactivé", "The share of Diploma was disabled"),
    (line(Verb.ENABLED), "Le partage de Diplôme a été activé", "The share of Diploma was enabled"),
    (
        line(Verb.RENEWED),
        "Le lien du partage de Diplôme a été renouvelé; l’ancien lien n’ouvre plus rien",
        "The link of the share of Diploma was renewed; the old link opens nothing any more",
    ),
    (
        line(Verb.RESENT, to=TO),
        f"Le courriel du partage de Diplôme a été renvoyé à {TO}",
        f"The email of the share of Diploma was sent again to {TO}",
    ),
    (line(Verb.SHOWN), "Le NIP du partage de Diplôme a été affiché", "The PIN of the share of Diploma was displayed"),
    (
        line(Verb.SENT, {"letter": "invitation"}, to=TO),
        f"Le courriel contenant le lien a été envoyé à {TO}",
        f"The email with the link was sent to {TO}",
    ),
    (
        line(Verb.SENT, {"letter": "pin"}, to=TO),
        f"Le courriel contenant le NIP a été envoyé à {TO}",
        f"The email with the PIN was sent to {TO}",
    ),
    (
        line(Verb.SENT, {"letter": "code"}, to=TO),
        f"Le courriel contenant un code à usage unique a été envoyé à {TO}",
        f"The email with a one-time code was sent to {TO}",
    ),
    (
        line(Verb.FAILED, {"letter": "invitation", "because": "mailbox-full"}, to=TO),
        f"Le courriel contenant le lien n’a pas pu être remis à {TO}. Cette boîte de courriel est pleine.",
        f"The email with the link could not be delivered to {TO}. This mailbox is full.",
    ),
    (
        line(Verb.FAILED, {"letter": "pin"}, to=TO),
        f"Le courriel contenant le NIP n’a pas pu être remis à {TO}",
        f"The email with the PIN could not be delivered to {TO}",
    ),
    (line(Verb.OPENED), "Le partage de Diplôme a été consulté", "The share of Diploma was viewed"),
    (
        line(Verb.PAGE_VIEWED, {"document": DIPLOMA, "page": 2}),
        "La page 2 de Diplôme a été consultée",
        "Page 2 of Diploma was viewed",
    ),
    (
        line(Verb.DOWNLOADED, {"document": DIPLOMA, "version": 1}),
        "Le document Diplôme a été téléchargé",
        "The document Diploma was downloaded",
    ),
    (
        line(Verb.DOWNLOADED, {"document": DIPLOMA, "version": 3}),
        "Le document Diplôme a été téléchargé dans sa version 3",
        "The document Diploma was downloaded in version 3",
    ),
    (
        line(Verb.PRINTED, {"document": LETTER}),
        "La feuille d’impression d’Attestation a été ouverte",
        "The print sheet of Letter was opened",
    ),
    (
        line(Verb.WRONG_PIN),
        "Un NIP erroné a été saisi pour le partage de Diplôme",
        "A wrong PIN was entered for the share of Diploma",
    ),
    (
        line(Verb.WRONG_CODE),
        "Un code à usage unique erroné a été saisi pour le partage de Diplôme",
        "A wrong one-time code was entered for the share of Diploma",
    ),
    (
        line(Verb.LOCKED, {"scope": "link"}),
        "Trop de tentatives erronées\xa0: le partage de Diplôme n’en accepte plus pour le moment",
        "Too many wrong attempts: the share of Diploma takes no more for now",
    ),
    (
        line(Verb.LOCKED, {"scope": "device"}),
        "Trop de tentatives erronées depuis un même appareil\xa0: il doit attendre avant de réessayer",
        "Too many wrong attempts from one device: it has to wait before it tries again",
    ),
    (
        line(Verb.LOCKED, {"scope": "network"}),
        "Trop de tentatives erronées depuis un même réseau\xa0: il doit attendre avant de réessayer",
        "Too many wrong attempts from one network: it has to wait before it tries again",
    ),
    (
        line(Verb.REFUSED, {"because": "expired"}),
        "Le partage de Diplôme n’a pas été ouvert, car son lien avait expiré",
        "The share of Diploma was not opened, because its link had expired",
    ),
    (
        line(Verb.REFUSED, {"because": "disabled"}),
        "Le partage de Diplôme n’a pas été ouvert, car il était désactivé",
        "The share of Diploma was not opened, because it was disabled",
    ),
    (
        line(Verb.REFUSED, {"because": "limit"}),
        "Le partage de Diplôme n’a pas été ouvert, car sa limite de consultations était atteinte",
        "The share of Diploma was not opened, because its limit of views was reached",
    ),
    (
        line(Verb.CODE_SENT, to=TO),
        f"Un code à usage unique a été demandé, à envoyer à {TO}",
        f"A one-time code was asked for, to be sent to {TO}",
    ),
    (
        line(Verb.ACCESS_ASKED, {"name": "Rémi", "email": "remi@example.org", "message": "SVP"}),
        "Rémi (remi@example.org) a demandé l’accès au partage de Diplôme. Message reçu\xa0: «\xa0SVP\xa0».",
        "Rémi (remi@example.org) asked for access to the share of Diploma. Their message: “SVP”.",
    ),
    (
        line(Verb.AUTOMATIC, {"agent": "Scanner/1.0"}),
        "Une vérification automatique du lien n’a pas été comptée comme une consultation (Scanner/1.0)",
        "An automatic check of the link was not counted as a view (Scanner/1.0)",
    ),
    (line(Verb.EXPIRED), "Le lien du partage de Diplôme a expiré", "The link of the share of Diploma expired"),
    (
        line(Verb.EDITED, {"changes": {"name": ["Partage01", "Partage02"]}}),
        "Le partage de Diplôme a été modifié. Le nom est passé de «\xa0Partage01\xa0» à «\xa0Partage02\xa0».",
        "The share of Diploma was edited. The name was changed from “Partage01” to “Partage02”.",
    ),
    *(
        (
            line(verb, {"template": "Diplôme de 1er cycle"}),
            f"Le modèle «\xa0Diplôme de 1er cycle\xa0» {french}",
            f"The template “Diplôme de 1er cycle” {english}",
        )
        for verb, french, english in (
            (Verb.TEMPLATE_MADE, "a été créé", "was made"),
            (Verb.TEMPLATE_EDITED, "a été modifié", "was edited"),
            (Verb.TEMPLATE_RETIRED, "a été retiré", "was retired"),
            (Verb.TEMPLATE_RESTORED, "est de nouveau utilisé", "is in use again"),
        )
    ),
    (
        line(Verb.MEMBER_INVITED, {"role": "issuer"}, to=TO),
        f"Une invitation à agir au nom de l’établissement a été envoyée à {TO} (rôle\xa0: émission)",
        f"{TO} was invited to act for the institution, as issuer",
    ),
    (
        line(Verb.MEMBER_ADDED, {"role": "reader"}, to="Alex Tremblay"),
        "Alex Tremblay agit désormais au nom de l’établissement (rôle\xa0: consultation)",
        "Alex Tremblay now acts for the institution, as reader",
    ),
    (
        line(Verb.MEMBER_JOINED, {"role": "administrator"}, to="Alex Tremblay"),
        "Alex Tremblay a accepté l’invitation (rôle\xa0: administration)",
        "Alex Tremblay took up the invitation, as administrator",
    ),
    (
        line(Verb.INVITATION_WITHDRAWN, {"role": "issuer"}, to=TO),
        f"L’invitation envoyée à {TO} a été retirée",
        f"The invitation of {TO} was withdrawn",
    ),
    (
        line(Verb.ROLE_CHANGED, {"role": ["reader", "issuer"]}, to="Alex Tremblay"),
        "Changement de rôle pour Alex Tremblay\xa0: de consultation à émission",
        "The role of Alex Tremblay was changed from reader to issuer",
    ),
    (
        line(Verb.INVITED, {"fr": "Diplôme", "en": "Diploma"}),
        "L’invitation concernant le document Diplôme a été envoyée de nouveau",
        "The invitation for the document Diploma was sent again",
    ),
    (
        line(Verb.CORRECTED, {"fr": "Diplôme", "en": "Diploma"}),
        "L’adresse courriel à laquelle le document Diplôme est destiné a été corrigée",
        "The email address that the document Diploma goes to was corrected",
    ),
    (
        line(Verb.RELEASED, {"fr": "Diplôme", "en": "Diploma"}),
        "Le document Diplôme a été mis à la disposition de son titulaire",
        "The document Diploma was released to its learner",
    ),
    (
        line(Verb.TOLD),
        "Le destinataire du partage de Diplôme a été avisé de la mise à jour par la personne qui partage",
        "The recipient of the share of Diploma was told of the update by its owner",
    ),
    (
        line(Verb.APPROVAL_CHANGED, {"above": [100, 20]}),
        "Les lots de plus de 20 documents demandent désormais une deuxième personne (avant\xa0: 100)",
        "Batches of more than 20 documents need a second person from now on (before: 100)",
    ),
    (
        line(Verb.MEMBER_REMOVED, {"role": "reader"}, to="Alex Tremblay"),
        "Alex Tremblay n’agit plus au nom de l’établissement",
        "Alex Tremblay no longer acts for the institution",
    ),
    (
        line(Verb.BATCH_HANDED_IN, {"file": "juin.zip"}),
        "Le lot juin.zip a été déposé",
        "The batch juin.zip was handed in",
    ),
    (
        line(Verb.BATCH_APPROVED, {"file": "juin.zip"}),
        "Le lot juin.zip a été approuvé",
        "The batch juin.zip was approved",
    ),
    (
        line(Verb.BATCH_STARTED, {"file": "juin.zip"}),
        "L’émission du lot juin.zip a commencé",
        "The issuing of the batch juin.zip was started",
    ),
    (
        line(Verb.BATCH_APPROVAL_LOST, {"file": "juin.zip"}),
        "Le lot juin.zip doit être approuvé de nouveau\xa0: ses documents se présentent autrement",
        "The batch juin.zip must be approved again: its documents look otherwise now",
    ),
    (
        line(Verb.BATCH_LEFT, {"file": "juin.zip"}, to="Rémi"),
        "L’émission du lot juin.zip a été suspendue, parce que Rémi ne peut plus émettre pour l’établissement",
        "The issuing of the batch juin.zip was paused, because Rémi may no longer issue for the institution",
    ),
    (
        line(Verb.BATCH_TAKEN_OVER, {"file": "juin.zip"}),
        "Le lot juin.zip a été pris en charge à la place de quelqu’un qui ne peut plus émettre",
        "The batch juin.zip was taken over from someone who may no longer issue",
    ),
    (
        line(Verb.APPROVAL_RISING, {"above": [20, 100]}),
        "Seuls les lots de plus de 100 documents demanderont une deuxième personne trois jours plus tard"
        " (d’ici là\xa0: 20)",
        "Only batches of more than 100 documents will need a second person three days later (until then: 20)",
    ),
    (
        line(Verb.APPROVAL_KEPT, {"above": [100, 20]}),
        "Les lots de plus de 20 documents continuent de demander une deuxième personne (le nombre serait devenu 100)",
        "Batches of more than 20 documents go on needing a second person (it would have become 100)",
    ),
    (
        line(Verb.BATCH_PAUSED, {"file": "juin.zip"}),
        "L’émission du lot juin.zip a été suspendue",
        "The issuing of the batch juin.zip was paused",
    ),
    (
        line(Verb.BATCH_RESUMED, {"file": "juin.zip"}),
        "L’émission du lot juin.zip a repris",
        "The issuing of the batch juin.zip was resumed",
    ),
    (
        line(Verb.BATCH_DONE, {"file": "juin.zip"}),
        "Le lot juin.zip a été traité au complet",
        "The batch juin.zip was issued to its end",
    ),
    (
        line(Verb.BATCH_CANCELLED, {"file": "juin.zip"}),
        "Le lot juin.zip a été annulé",
        "The batch juin.zip was cancelled",
    ),
]


@pytest.mark.parametrize(("told", "french", "english"), STORIES)
def test_a_line_reads_as_a_sentence_that_names_its_facts(told: Line, french: str, english: str) -> None:
    with translation.override("fr"):
        assert sentences.sentence(told) == french
    with translation.override("en"):
        assert sentences.sentence(told) == english


def test_a_quoted_question_needs_no_full_stop() -> None:
    told = line(Verb.ACCESS_ASKED, {"name": "Rémi", "email": "remi@example.org", "message": "Pouvez-vous?"})
    with translation.override("fr"):
        assert sentences.sentence(told).endswith("Message reçu\xa0: «\xa0Pouvez-vous?\xa0»")
    with translation.override("en"):
        assert sentences.sentence(told).endswith("Their message: “Pouvez-vous?”")


def test_every_verb_has_its_sentence() -> None:
    assert {told.verb for told, _, _ in STORIES} == {verb.value for verb in Verb}


@pytest.mark.parametrize("verb", list(Verb))
def test_a_line_without_facts_still_reads(verb: Verb) -> None:
    for language in ("fr", "en"):
        with translation.override(language):
            assert sentences.sentence(Line(verb=verb.value, facts={})).strip()


def test_a_verb_of_a_later_release_reads_as_its_name() -> None:
    assert sentences.sentence(Line(verb="seal-renewed", facts={})) == "seal-renewed"


@pytest.mark.parametrize(
    ("documents", "french", "english"),
    [
        ([DIPLOMA], "Le partage de Diplôme a été consulté", "The share of Diploma was viewed"),
        ([LETTER], "Le partage d’Attestation a été consulté", "The share of Letter was viewed"),
        ([DIPLOMA, LETTER], "Le partage de 2 documents a été consulté", "The share of 2 documents was viewed"),
    ],
)
def test_several_documents_are_counted(documents: list[dict[str, str]], french: str, english: str) -> None:
    told = line(Verb.OPENED, {"documents": documents})
    with translation.override("fr"):
        assert sentences.sentence(told) == french
    with translation.override("en"):
        assert sentences.sentence(told) == english


@pytest.mark.parametrize(
    ("told", "french", "english"),
    [
        (line(Verb.CREATED, by="Zoé Citoyenne"), "Zoé Citoyenne", "Zoé Citoyenne"),
        (line(Verb.SENT), "Attesta", "Attesta"),
        (line(Verb.EXPIRED), "Attesta", "Attesta"),
        (line(Verb.WRONG_PIN), "Une personne ayant le lien", "Someone who has the link"),
        (line(Verb.AUTOMATIC), "Un programme", "A program"),
    ],
)
def test_performed_by_names_who_is_known(told: Line, french: str, english: str) -> None:
    with translation.override("fr"):
        assert sentences.performed_by(told) == french
    with translation.override("en"):
        assert sentences.performed_by(told) == english


def test_recipient_is_named_or_not_applicable() -> None:
    with translation.override("fr"):
        assert sentences.recipient(line(Verb.OPENED, to=TO)) == TO
        assert sentences.recipient(line(Verb.OPENED)) == "S.\xa0O."
    with translation.override("en"):
        assert sentences.recipient(line(Verb.OPENED)) == "N/A"
