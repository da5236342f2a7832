"""The walk: a link, its cover, a visit, the pages, the file."""

from __future__ import annotations

from attesta.credentials.models import Credential
from attesta.shares.models import Share
from tests.harness.pdfs import PdfMaker
from tests.recipient.conftest import Recipient, link


def test_a_stranger_opens_sees_and_downloads(
    share: Share, diploma: Credential, recipient: Recipient, pdf: PdfMaker
) -> None:
    cover = recipient.get(link(share))
    assert cover.status_code == 200
    assert "Zoé Citoyenne partage des documents avec vous" in cover.content.decode()
    opened = recipient.knock(share)
    assert opened.status_code == 303
    page = recipient.get(recipient.visit)
    assert page.status_code == 200
    assert "Diplôme de baccalauréat" in page.content.decode()
    place = f"{recipient.visit}documents/{diploma.id}"
    image = recipient.get(f"{place}/pages/1")
    assert (image.status_code, image.headers["Content-Type"]) == (200, "image/webp")
    assert recipient.get(f"{place}/pages/1/text").status_code == 200
    assert recipient.get(f"{place}/print").status_code == 200
    file = recipient.get(f"{place}/file")
    assert file.content == pdf(pages=2, text="Diplôme de baccalauréat")
