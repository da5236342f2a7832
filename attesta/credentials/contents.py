"""The only reader of plain bytes. Whoever holds a ``Contents`` may see: only gates hand one out.

Pages are drawn on first sight and kept as encrypted blobs; nothing plain ever touches the disk.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.core.cache import cache

from attesta.accounts.models import Person
from attesta.credentials import pdf, shelf
from attesta.credentials.models import Page, Version
from attesta.organizations.models import Organization
from attesta.vault import blobs
from attesta.vault.blobs import Missing
from attesta.vault.models import DataKey

__all__ = ["Contents", "Missing", "PageImage", "of_credential", "of_issuer", "of_owner"]

WEBP = "image/webp"
UNDRAWABLE = 10 * 60  # seconds until a page that could not be drawn is tried again, by whichever process
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PageImage:
    content: bytes
    content_type: str
    width: int
    height: int


def of_owner(person: Person, credential_id: UUID, version: int | None = None) -> Contents | None:
    """The learner's own gate. None for someone else's credential, a revoked one, or no such version."""
    found = shelf.readable(credential_id, version, learner_id=person.pk)
    return Contents(found) if found else None


def of_issuer(issuer: Organization, credential_id: UUID, version: int | None = None) -> Contents | None:
    """Its staff's gate. None for another institution's credential, a revoked one, or no such version."""
    found = shelf.readable(credential_id, version, issuer_id=issuer.pk)
    return Contents(found) if found else None


def of_credential(credential_id: UUID, version: int | None = None, *, page: int = 0) -> Contents | None:
    """For the gate of shares, after it said yes. None for a revoked credential, or no such version.

    ``page``: the one that will be asked for, looked up along with the rest; below 1 for none.
    """
    found = shelf.readable_page(credential_id, version, page)
    return Contents(*found) if found else None


class Contents:
    """What one version holds. Every method raises Missing for what is not (or no longer) there."""

    def __init__(self, version: Version, page: Page | None = None) -> None:
        """``version`` comes with its credential and data key; ``page`` is one of it that was looked up along."""
        self.version = version
        self._at_hand = page

    @property
    def page_count(self) -> int:
        return self.version.page_count

    def original(self) -> bytes:
        """The PDF as it was issued, byte for byte; or as its seal was renewed, which only adds to its end."""
        if renewed := self.version.renewals.first():
            return self._read(renewed.blob, f"renewal {renewed.sha256}")
        return self._read(self.version.blob, "pdf")

    def copies(self) -> Iterator[tuple[str, bytes]]:
        """Every PDF that is kept of it, each with the SHA-256 that was noted when it was issued or renewed."""
        yield self.version.sha256, self._read(self.version.blob, "pdf")
        for renewed in self.version.renewals.all():
            yield renewed.sha256, self._read(renewed.blob, f"renewal {renewed.sha256}")

    def page_image(self, number: int) -> PageImage:
        page = self._page(number)
        return PageImage(self._read(page.image, f"image {number}"), WEBP, page.width, page.height)

    def page_text(self, number: int) -> str:
        page = self._page(number)
        return self._read(page.text, f"text {number}").decode()

    def page_sizes(self) -> dict[int, tuple[int, int]]:
        """Width and height in pixels of each page drawn so far."""
        rows = Page.objects.filter(version=self.version).values_list("number", "width", "height")
        return {number: (width, height) for number, width, height in rows}

    def draw(self, numbers: Iterable[int]) -> int:
        """Draw and keep these pages; how many. Raises pdf.Undrawable."""
        pages = [self._stored(drawn) for drawn in pdf.render(self.original(), numbers)]
        Page.objects.bulk_create(pages, ignore_conflicts=True)  # whoever was first wins; the rest is swept
        return len(pages)

    def _page(self, number: int) -> Page:
        if not 1 <= number <= self.version.page_count:
            raise Missing("There is no such page.")
        at_hand = self._at_hand
        if page := at_hand if at_hand and at_hand.number == number else shelf.page(self.version, number):
            return page
        mark = f"undrawable/{self.version.pk}/{number}"
        if cache.get(mark):
            raise Missing("This page could not be drawn a moment ago.")
        try:
            self.draw([number])
        except pdf.Undrawable:
            cache.set(mark, value=True, timeout=UNDRAWABLE)
            raise Missing("This page cannot be drawn.") from None
        return Page.objects.get(version=self.version, number=number)

    def _stored(self, drawn: pdf.Rendering) -> Page:
        key, number = self._key(), drawn.number
        image = blobs.put(drawn.image, key=key, context=context(self.version, f"image {number}"))
        text = blobs.put(drawn.text.encode(), key=key, context=context(self.version, f"text {number}"))
        return Page(version=self.version, number=number, image=image, text=text, width=drawn.width, height=drawn.height)

    def _read(self, name: str, kind: str) -> bytes:
        """Altered bytes are shown to nobody: for the reader they are not there, for the operator they are an error."""
        try:
            return blobs.get(name, key=self._key(), context=context(self.version, kind))
        except blobs.Tampered as problem:
            tell_once(str(problem), str(self.version.pk), kind)
            raise Missing("This was altered since it was stored.") from None

    def _key(self) -> DataKey:
        if self.version.data_key is None:
            raise Missing("This document was erased.")
        return self.version.data_key


@lru_cache(maxsize=10_000)
def tell_once(problem: str, version: str, kind: str) -> None:
    """Once a process: a page that is read again and again must not fill the log."""
    log.critical("Stored data of version %s (%s) cannot be trusted: %s", version, kind, problem)


def context(version: Version, kind: str) -> str:
    """What a blob is bound to: moved to another issuer, credential, version or page, it no longer opens."""
    return f"{version.credential.issuer_id}/{version.credential_id}/{version.pk}/{kind}"
