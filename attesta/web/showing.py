"""Shared documents as a page shows them: to the recipient, and to the learner who looks as a recipient would.

``web/visit/visit.html`` renders ``facts(share) | {"documents": documents(…)}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from attesta.credentials.models import Credential, Page, Version
from attesta.credentials.rules import Status
from attesta.shares import actions
from attesta.shares.actions import Admission
from attesta.shares.models import Share
from attesta.vault.blobs import Missing
from attesta.web import checks
from attesta.web.checks import ShownCheck
from attesta.web.languages import language

TEXTS_IN_PAGE = 12
Read = Callable[[UUID, int], str | None]
"""The text of a page of a document; it may raise Missing."""
LETTER = (1200, 1553)  # pixels, until the page is drawn: its place is kept, so that pictures can load late


class Addresses(Protocol):
    """Where a door serves the parts of a document."""

    def page(self, credential_id: UUID, number: int) -> str: ...
    def text(self, credential_id: UUID, number: int) -> str: ...
    def file(self, credential_id: UUID) -> str: ...
    def print_sheet(self, credential_id: UUID) -> str: ...


@dataclass(frozen=True, slots=True)
class ShownPage:
    """``text`` is None when the page is read on a page of its own, ``text_url``. Sizes in pixels."""

    number: int
    image_url: str
    text_url: str
    text: str | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """``title`` and ``issuer`` are in the reader's language.

    ``file_url`` is None when the learner does not permit downloads; a revoked document has no pages.
    """

    credential: Credential
    title: str
    issuer: str
    status: Status
    version: Version | None
    pages: list[ShownPage]
    file_url: str | None
    print_url: str

    @property
    def checks(self) -> list[ShownCheck]:
        """What is known of the version that is shown."""
        return checks.of_shown(self.credential, self.version) if self.version else []


def facts(share: Share) -> dict[str, object]:
    """What every page of a visit says of the share itself."""
    with timezone.override(share.owner.zone):  # the day that its letter names
        last_day = share.last_day
    return {
        "share": share,
        "owner": str(share.owner),
        "last_day": last_day,
        "now": timezone.now(),
        "site": settings.BASE_URL.split("://", 1)[-1],
    }


def documents(admission: Admission, addresses: Addresses, *, texts: int = TEXTS_IN_PAGE) -> list[ShownDocument]:
    """What the share shows, newest versions, in the learner's order; the first ``texts`` pages with their text."""

    def read(credential_id: UUID, number: int) -> str | None:
        return actions.page_text(admission=admission, credential_id=credential_id, number=number)

    return of(admission.share, actions.documents(admission), addresses, read, texts=texts)


def of(
    share: Share, credentials: Sequence[Credential], addresses: Addresses, read: Read, *, texts: int = TEXTS_IN_PAGE
) -> list[ShownDocument]:
    """What the share shows of these, which were admitted; ``read`` passes the gate again."""
    versions = _current(credentials)
    drawn = _drawn(versions.values())
    reader = _Reader(share, read, texts)
    return [_shown(each, versions.get(each.id), drawn, reader, addresses) for each in credentials]


def _shown(
    credential: Credential,
    version: Version | None,
    drawn: dict[tuple[UUID, int], Page],
    reader: _Reader,
    addresses: Addresses,
) -> ShownDocument:
    open_to_see = version is not None and version.data_key_id is not None
    return ShownDocument(
        credential=credential,
        title=credential.title(language()),
        issuer=credential.issuer.name(language()),
        status=credential.status,
        version=version,
        pages=list(_pages(version, drawn, reader, addresses)) if version and open_to_see else [],
        file_url=addresses.file(credential.id) if open_to_see and reader.share.may_download else None,
        print_url=addresses.print_sheet(credential.id) if open_to_see else "",
    )


def _pages(
    version: Version, drawn: dict[tuple[UUID, int], Page], reader: _Reader, addresses: Addresses
) -> Iterator[ShownPage]:
    key = version.credential_id
    for number in range(1, version.page_count + 1):
        page = drawn.get((version.id, number))
        width, height = (page.width, page.height) if page else LETTER
        text = reader.text(key, number) if page else None
        yield ShownPage(number, addresses.page(key, number), addresses.text(key, number), text, width, height)


def _current(credentials: Iterable[Credential]) -> dict[UUID, Version]:
    """The current version of each that is not revoked."""
    ids = [credential.id for credential in credentials if credential.revoked_at is None]
    rows = Version.objects.filter(credential_id__in=ids, number=F("credential__latest")).select_related("certificate")
    return {version.credential_id: version for version in rows}


def _drawn(versions: Iterable[Version]) -> dict[tuple[UUID, int], Page]:
    return {(page.version_id, page.number): page for page in Page.objects.filter(version__in=list(versions))}


class _Reader:
    """Reads texts through the gate, few enough for one page; the rest have addresses of their own."""

    def __init__(self, share: Share, read: Read, limit: int) -> None:
        self.share = share
        self.read = read
        self.left = limit

    def text(self, credential_id: UUID, number: int) -> str | None:
        if self.left == 0:
            return None
        self.left -= 1
        try:
            return self.read(credential_id, number)
        except Missing:
            return None
