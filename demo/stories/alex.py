"""Alex's shares: fewer, in English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attesta.shares import actions
from attesta.shares.actions import Offer
from attesta.shares.models import Channel
from demo.cast import Cast
from demo.stories.acts import again, share, visit
from demo.stories.issuing import of


def solar_cooperative(cast: Cast) -> Iterator[datetime]:
    """By e-mail, read and downloaded."""
    yield cast.ago(26, 9, 30)
    offer = Offer(
        name="Application, Lakehead Solar Co-op",
        channel=Channel.EMAIL,
        language="en",
        recipients=["jobs@lakehead-solar.example"],
        purpose="Job application",
        reference="LSC-77",
        notify_first=True,
    )
    it = share(cast.alex, [of(cast.alex, "NP-D-"), of(cast.alex, "NP-T-")], offer)
    yield cast.ago(25, 10, 12)
    visit(it, "lakehead", take=True)
    yield cast.ago(12, 14, 41)
    visit(it, "lakehead")


def portfolio(cast: Cast) -> Iterator[datetime]:
    """A link, viewed now and then."""
    yield cast.ago(30, 20, 5)
    offer = Offer(
        name="Link on my website",
        channel=Channel.LINK,
        language="en",
        recipient_name="Visitors of my site",
        purpose="Freelance work",
        may_download=False,
    )
    it = share(cast.alex, [of(cast.alex, "NP-D-")], offer)
    for days, hour in ((29, 11), (21, 16), (20, 9), (13, 15), (6, 10), (3, 18)):
        yield cast.ago(days, hour, 22)
        visit(it, f"visitor {days}")


def exchange(cast: Cast) -> Iterator[datetime]:
    """A French office, and a share ended once it was done."""
    yield cast.ago(70, 13, 0)
    offer = Offer(
        name="Exchange semester",
        channel=Channel.EMAIL,
        language="fr",
        recipients=["echanges@cote-boreale.example"],
        purpose="Proof of French level",
        reference="E-1902",
    )
    it = share(cast.alex, [of(cast.alex, "UGM-E-")], offer)
    yield cast.ago(68, 11, 30)
    visit(it, "échanges", take=True)
    yield cast.ago(40, 12, 0)
    actions.disable(share=again(it), by=cast.alex)


STORIES = {f"Alex: {story.__name__}": story for story in (solar_cooperative, portfolio, exchange)}
