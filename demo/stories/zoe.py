"""Zoé's shares: one in each state that a share can have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attesta.shares import actions
from attesta.shares.actions import Changes, Offer
from attesta.shares.models import Channel
from demo.backend import REFUSED_DOMAIN
from demo.cast import Cast
from demo.stories.acts import again, ask, glance, knock, share, visit
from demo.stories.issuing import of


def admission(cast: Cast) -> Iterator[datetime]:
    """Consulted and downloaded by e-mail; its transcript was corrected since, and nobody told the recipient."""
    yield cast.ago(34, 9, 12)
    offer = Offer(
        name="Candidature à la maîtrise",
        channel=Channel.EMAIL,
        language="fr",
        recipients=["admission@cote-boreale.example"],
        purpose="Admission aux cycles supérieurs",
        reference="DA-2026-3381",
        message="Bonjour,\n\nVoici les documents demandés pour mon dossier. Merci de votre attention.",
    )
    it = share(cast.zoe, [of(cast.zoe, "UGM-D-"), of(cast.zoe, "UGM-R-")], offer)
    yield cast.ago(33, 10, 41)
    visit(it, "admission", take=True)
    yield cast.ago(21, 14, 8)
    visit(it, "comité")
    yield cast.ago(15, 16, 30)
    visit(it, "comité")


def career_page(cast: Cast) -> Iterator[datetime]:
    """A link on a résumé: many views over weeks, no download, previews by machines."""
    yield cast.ago(41, 19, 2)
    offer = Offer(
        name="Lien dans mon curriculum vitæ",
        channel=Channel.LINK,
        language="fr",
        recipient_name="Employeurs",
        purpose="Recherche d’emploi",
        may_download=False,
        notify_first=True,
    )
    it = share(cast.zoe, [of(cast.zoe, "UGM-D-"), of(cast.zoe, "NP-G-")], offer)
    yield cast.ago(40, 8, 3)
    glance(it, "LinkPreviewBot/2.1 (+https://previews.example)")
    views = (
        (40, 9), (38, 11), (38, 15), (37, 10), (33, 14), (29, 9), (29, 16), (28, 11), (26, 13), (22, 10), (20, 9),
        (19, 15), (19, 17), (18, 10), (14, 11), (11, 9), (9, 14), (8, 10), (8, 16), (5, 13), (4, 9),
        (2, 15), (1, 11),
    )  # fmt: skip
    for number, (days, hour) in enumerate(views):
        yield cast.ago(days, hour, number * 7 % 60)
        visit(it, f"employeur {number}", read=number % 2 == 0)


def internship(cast: Cast) -> Iterator[datetime]:
    """By e-mail with a PIN, which went in a letter of its own."""
    yield cast.ago(24, 13, 45)
    offer = Offer(
        name="Stage à l’Institut du littoral",
        channel=Channel.EMAIL,
        language="fr",
        recipients=["recrutement@institut-littoral.example"],
        purpose="Stage postdiplôme",
        reference="Concours 26-114",
        pin="482913",
        notify_first=True,
    )
    it = share(cast.zoe, [of(cast.zoe, "NP-T-"), of(cast.zoe, "NP-G-")], offer)
    yield cast.ago(23, 8, 55)
    knock(it, "institut", pin="482931")
    yield cast.ago(23, 8, 56)
    visit(it, "institut", pin="482913", take=True)
    yield cast.ago(10, 11, 17)
    visit(it, "institut", pin="482913")


def scholarship(cast: Cast) -> Iterator[datetime]:
    """Somebody guessed at the PIN until the gate locked; a committee member asked for access."""
    yield cast.ago(18, 10, 20)
    offer = Offer(
        name="Bourse d’excellence, comité",
        channel=Channel.LINK,
        language="fr",
        recipient_name="Fondation du Fleuve",
        purpose="Demande de bourse",
        reference="BE-0427",
        pin="7305",
    )
    it = share(cast.zoe, [of(cast.zoe, "UGM-R-")], offer)
    yield cast.ago(17, 9, 30)
    visit(it, "présidence", pin="7305")
    for guess in range(9):
        yield cast.ago(6, 22, 14 + guess)
        knock(it, "inconnu", pin=f"{1000 + guess * 1111}")
    yield cast.ago(5, 9, 5)
    ask(
        it,
        name="Irène Castonguay",
        email="irene.castonguay@fondation-fleuve.example",
        message="Bonjour, je remplace M. Asselin au comité et je n’ai pas le NIP. Pouvez-vous me l’envoyer ?",
    )


def apartment(cast: Cast) -> Iterator[datetime]:
    """Two consultations allowed, two made; a third was refused."""
    yield cast.ago(52, 18, 10)
    offer = Offer(
        name="Dossier de location",
        channel=Channel.LINK,
        language="fr",
        recipient_name="Gestion Quai-Vieux",
        purpose="Location d’un appartement",
        max_consultations=2,
        may_download=False,
    )
    it = share(cast.zoe, [of(cast.zoe, "NP-C-")], offer)
    for days, who in ((51, "agence"), (50, "propriétaire"), (49, "voisin")):
        yield cast.ago(days, 12, 25)
        knock(it, who)


def fisheries(cast: Cast) -> Iterator[datetime]:
    """Expired; the recipient came back too late and asked for access."""
    yield cast.ago(39, 15, 40)
    offer = Offer(
        name="Emploi, Pêches du Nord",
        channel=Channel.EMAIL,
        language="fr",
        recipients=["rh@peches-du-nord.example"],
        purpose="Candidature",
        reference="Offre 8812",
        expires_at=cast.midnight(-9),
    )
    it = share(cast.zoe, [of(cast.zoe, "UGM-D-"), of(cast.zoe, "UGM-R-"), of(cast.zoe, "NP-G-")], offer)
    yield cast.ago(37, 10, 2)
    visit(it, "rh", take=True)
    yield cast.ago(3, 9, 48)
    knock(it, "rh")
    yield cast.ago(3, 9, 50)
    ask(
        it,
        name="Samuel Ittuk",
        email="samuel.ittuk@peches-du-nord.example",
        message="Votre candidature est retenue pour l’entrevue. Pouvez-vous rouvrir le lien ?",
    )


def former_employer(cast: Cast) -> Iterator[datetime]:
    """Disabled by Zoé; a late visitor was refused."""
    yield cast.ago(90, 11, 0)
    offer = Offer(
        name="Ancienne candidature, Hydro-Rive",
        channel=Channel.EMAIL,
        language="fr",
        recipients=["dotation@hydro-rive.example"],
        purpose="Candidature retirée",
    )
    it = share(cast.zoe, [of(cast.zoe, "UGM-D-")], offer)
    yield cast.ago(88, 14, 33)
    visit(it, "dotation")
    yield cast.ago(60, 20, 15)
    actions.disable(share=again(it), by=cast.zoe)
    yield cast.ago(44, 9, 9)
    knock(it, "dotation")


def insurance(cast: Cast) -> Iterator[datetime]:
    """Expires in two days; its owner was warned."""
    yield cast.ago(28, 17, 25)
    offer = Offer(
        name="Assurance, preuve de diplôme",
        channel=Channel.EMAIL,
        language="fr",
        recipients=["dossiers@mutuelle-estuaire.example"],
        purpose="Rabais aux diplômées",
        reference="Police 55-0198-Z",
        expires_at=cast.midnight(2),
    )
    it = share(cast.zoe, [of(cast.zoe, "UGM-D-")], offer)
    yield cast.ago(25, 13, 50)
    visit(it, "mutuelle")


def embassy(cast: Cast) -> Iterator[datetime]:
    """Its letter came back: no such mailbox."""
    yield cast.ago(2, 16, 12)
    offer = Offer(
        name="Visa d’études",
        channel=Channel.EMAIL,
        language="fr",
        recipients=[f"visas@{REFUSED_DOMAIN}"],
        purpose="Demande de visa",
        reference="V-20771",
    )
    share(cast.zoe, [of(cast.zoe, "UGM-D-"), of(cast.zoe, "NP-G-")], offer)


def survey_company(cast: Cast) -> Iterator[datetime]:
    """In English; edited, resent, not yet opened."""
    yield cast.ago(7, 10, 30)
    offer = Offer(
        name="Harbour Survey Co.",
        channel=Channel.EMAIL,
        language="en",
        recipients=["careers@harbour-survey.example"],
        purpose="Emploi",
        message="Hello,\n\nAs agreed on the phone, here are my certificate and its transcript.",
    )
    it = share(cast.zoe, [of(cast.zoe, "NP-G-"), of(cast.zoe, "NP-T-")], offer)
    yield cast.ago(6, 9, 15)
    found = again(it)
    changes = Changes("Harbour Survey Co., entrevue", found.purpose, "HS-2291", "", cast.midnight(60))
    actions.edit(share=found, by=cast.zoe, version=found.version, changes=changes)
    yield cast.ago(4, 9, 40)
    actions.resend(share=again(it), by=cast.zoe)
    yield cast.ago(4, 9, 41)
    glance(it, "Mozilla/5.0 (compatible; MailGuard URL scan)")


def permit(cast: Cast) -> Iterator[datetime]:
    """Disabled and enabled again; one of its documents was revoked since."""
    yield cast.ago(47, 8, 50)
    offer = Offer(
        name="Permis de navigation",
        channel=Channel.LINK,
        language="fr",
        recipient_name="Bureau des permis",
        purpose="Permis",
        reference="PN-3310",
    )
    it = share(cast.zoe, [of(cast.zoe, "NP-C-"), of(cast.zoe, "UGM-A-"), of(cast.zoe, "UGM-R-")], offer)
    yield cast.ago(46, 14, 0)
    visit(it, "permis", take=True)
    yield cast.ago(32, 9, 0)
    actions.disable(share=again(it), by=cast.zoe)
    yield cast.ago(27, 9, 0)
    actions.enable(share=again(it), by=cast.zoe)
    yield cast.ago(16, 15, 20)
    visit(it, "permis")


STORIES = {
    story.__name__: story
    for story in (
        admission, career_page, internship, scholarship, apartment, fisheries, former_employer, insurance, embassy,
        survey_company, permit,
    )
}  # fmt: skip
