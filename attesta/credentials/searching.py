"""How an institution's staff find a document among a million: by the beginnings of words, and never by a scan.

Every word of a document's name, mailbox, number and titles is a row of ``Term``, read along its index. When few
documents are found they are listed newest first; when there are many, in the order of the word that was found,
which is the order of the index: the last page costs what the first does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from attesta.credentials.models import Credential, Term
from attesta.credentials.querysets import CredentialQuerySet
from attesta.organizations.folding import fold
from attesta.organizations.models import Organization

LONGEST = 80
MOST_WORDS = 8
FEW = 200
"""Documents that are put in order after they were found, rather than found in their order."""

EDGES = re.compile(r"^\W+|\W+$")
PARTS = re.compile(r"[^\W_]+")
HIGHEST = "\U0010ffff"


# --- what is written -----------------------------------------------------------------------------


def words(*texts: str) -> set[str]:
    """``marie-ève@uni.example`` → itself folded, and ``marie``, ``eve``, ``uni``, ``example``."""
    whole = {EDGES.sub("", word) for text in texts for word in fold(text).split()}
    parts = {part for word in whole for part in PARTS.findall(word)}
    return {word[:LONGEST] for word in whole | parts if word}


def index(credential: Credential) -> None:
    """Its words, as they are now. Call it in the transaction that writes the credential."""
    Term.objects.filter(credential=credential).delete()
    Term.objects.bulk_create(terms(credential))


def complete(credential_ids: Iterable[UUID]) -> int:
    """Index those of them that are not; how many (a release before this one issued without words)."""
    missing = Credential.objects.filter(~Exists(Term.objects.filter(credential=OuterRef("pk"))), pk__in=credential_ids)
    found = [term for credential in missing for term in terms(credential)]
    Term.objects.bulk_create(found, ignore_conflicts=True)
    return len({term.credential_id for term in found})


def terms(credential: Credential) -> list[Term]:
    texts = (credential.learner_name, credential.learner_email, credential.number)
    found = words(*texts, credential.title_fr, credential.title_en)
    return [Term(issuer_id=credential.issuer_id, word=word, credential=credential) for word in sorted(found)]


# --- what is asked -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """``credentials`` may be listed in any order when ``few``; else by ``page`` below, in the order of ``word``."""

    credentials: CredentialQuerySet
    issuer: Organization
    word: str = ""

    @property
    def few(self) -> bool:
        return not self.word

    def page(self, *, size: int, after: UUID | None = None) -> tuple[list[Credential], UUID | None]:
        """At most ``size`` in the order of the word, and where the next page begins after."""
        rows = self._rows().select_related("credential")
        place = self._place(after) if after else None
        if place:
            rows = rows.filter(Q(word=place.word, credential__gt=place.credential_id) | Q(word__gt=place.word))
            rows = rows.filter(word__gte=place.word)  # bounds the scan of the index
        found = [term.credential for term in rows[: size + 1]]
        return found[:size], found[size - 1].pk if len(found) > size else None

    def _rows(self) -> QuerySet[Term]:
        """Each document once, at the first of its words that begin so."""
        earlier = Term.objects.filter(
            beginning(self.word), credential=OuterRef("credential"), word__lt=OuterRef("word")
        )
        mine = Exists(self.credentials.filter(pk=OuterRef("credential")))
        rows = Term.objects.filter(beginning(self.word), ~Exists(earlier), mine, issuer=self.issuer)
        return rows.order_by("word", "credential")

    def _place(self, after: UUID) -> Term | None:
        rows = Term.objects.filter(beginning(self.word), credential=after, issuer=self.issuer)
        return rows.order_by("word").first()


def wanted(text: str) -> list[str]:
    """What was typed, as it is compared: the beginnings of words."""
    typed = dict.fromkeys(EDGES.sub("", word)[:LONGEST] for word in fold(text).split())
    return [word for word in typed if word][:MOST_WORDS]


def search(
    issuer: Organization, text: str, credentials: CredentialQuerySet, facets: Sequence[CredentialQuerySet] = ()
) -> Found:
    """Those of ``credentials`` that have a word beginning with each word of ``text``.

    ``facets`` are what narrowed ``credentials``, each alone: where one of them is rare, it is what is read.
    """
    asked = wanted(text)
    for word in asked:
        credentials = credentials.filter(Exists(Term.objects.filter(beginning(word), credential=OuterRef("pk"))))
    rare = fewest(
        [*(having(issuer, word) for word in asked), *(facet.values_list("pk", flat=True) for facet in facets)]
    )
    if rare is not None:
        return Found(credentials.filter(pk__in=rare), issuer)
    return Found(credentials, issuer, max(asked, key=len, default=""))


def having(issuer: Organization, word: str) -> QuerySet[Term, UUID]:
    """Some of them twice: to tell them apart, a database would read them all."""
    return Term.objects.filter(beginning(word), issuer=issuer).values_list("credential_id", flat=True)


def fewest(conditions: Iterable[QuerySet[Term, UUID] | QuerySet[Credential, UUID]]) -> Collection[UUID] | None:
    """The ids of the first condition that few documents meet; None when many meet each."""
    for condition in conditions:
        ids = list(condition.order_by()[: FEW + 1])
        if len(ids) <= FEW:
            return set(ids)
    return None


def beginning(word: str) -> Q:
    """A range of the index: words are compared by their code points (migration 0007)."""
    return Q(word__gte=word, word__lt=word + HIGHEST)
