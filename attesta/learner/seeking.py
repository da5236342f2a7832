"""What a learner types to find something in a share's history: any words of a line, without case and accents."""

from __future__ import annotations

from collections.abc import Sequence

from attesta.accounts.models import Person
from attesta.activity.models import Line
from attesta.activity.querysets import Sought
from attesta.activity.verbs import Verb
from attesta.credentials.models import Credential
from attesta.organizations.folding import fold
from attesta.shares.models import Share
from attesta.web.sentences import performed_by, sentence


def sought(typed: str, share: Share, credentials: Sequence[Credential], owner: Person) -> Sought | None:
    """In the history of a share of ``credentials``. None when nothing was typed."""
    wanted = fold(typed)
    if not wanted:
        return None
    shared = [{"id": str(each.pk), "fr": each.title_fr, "en": each.title_en} for each in credentials]
    told = {"recipient_label": share.recipient, "facts": {"documents": shared, "channel": share.channel}}
    return Sought(
        text=typed,
        labels=[label for label in (str(owner), share.recipient) if label and wanted in fold(label)],
        verbs=[verb for verb in Verb if wanted in fold(sentence(Line(verb=verb, **told)))],
        unnamed=[verb for verb in Verb if wanted in fold(performed_by(Line(verb=verb)))],
        documents=[one["id"] for one in shared if wanted in fold(f"{one['fr']} {one['en']}")],
    )
