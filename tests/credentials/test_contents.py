"""The only reader of plain bytes: exact, gated, and nothing plain left behind."""

from __future__ import annotations

import io
import logging
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from attesta.accounts.models import Person
from attesta.credentials import actions, contents, tasks
from attesta.credentials import pdf as pdfs
from attesta.credentials.contents import Contents, Missing
from attesta.credentials.models import Credential, Page, Version
from attesta.organizations.models import Organization
from attesta.vault.models import DataKey
from tests.credentials.conftest import everything
from tests.harness.forgeries import flipped
from tests.harness.pdfs import PdfMaker

SECRET = "Zyxwvut 4711 Quelfeind"


@pytest.fixture
def secret(zoe: Person, institution: Organization, pdf: PdfMaker) -> Credential:
    """A document whose text stands nowhere but in its PDF."""
    return actions.issue(
        issuer=institution,
        learner_email=zoe.email,
        title_fr="Attestation",
        title_en="Letter",
        issued_on=date(2024, 3, 22),
        pdf=pdf(pages=2, text=SECRET),
        as_given=True,
    )


def of(person: Person, document: Credential, version: int | None = None) -> Contents:
    found = contents.of_owner(person, document.pk, version)
    assert found
    return found


def test_the_original_comes_back_byte_for_byte(zoe: Person, secret: Credential, pdf: PdfMaker) -> None:
    assert of(zoe, secret).original() == pdf(pages=2, text=SECRET)


def test_pages_are_pictures_and_text(zoe: Person, secret: Credential) -> None:
    image = of(zoe, secret).page_image(2)
    assert (image.content_type, image.width, image.height) == ("image/webp", 1200, 1553)
    with Image.open(io.BytesIO(image.content)) as picture:
        assert picture.size == (1200, 1553)
    assert of(zoe, secret).page_text(2) == f"{SECRET}\nPage 2"
    assert of(zoe, secret).page_sizes() == {2: (1200, 1553)}


def test_no_plaintext_of_a_document_is_kept_anywhere(
    zoe: Person, secret: Credential, vault_folder: Path, pdf: PdfMaker, caplog: pytest.LogCaptureFixture
) -> None:
    """Rows, files and log: neither its bytes, nor its text, nor its pictures."""
    with caplog.at_level(logging.DEBUG):
        tasks.render_pending()
        of(zoe, secret).page_text(1)
        actions.update(credential=secret, pdf=pdf(text=SECRET, pages=3), reason="Correction")
        tasks.render_pending()
    rows = everything(vault_folder)
    files = rows.pop("files")
    assert len(files) == 2 + 2 * 2 + 2 * 3
    kept = [Path(file).read_bytes() for file in files] + [repr(rows).encode(), caplog.text.encode()]
    original = pdf(pages=2, text=SECRET)
    for trace in (SECRET.encode(), SECRET.encode("utf-16-le"), b"%PDF-", b"WEBPVP8", original[200:232]):
        assert [found for found in kept if trace in found] == []


def test_others_get_nothing(alex: Person, secret: Credential) -> None:
    assert contents.of_owner(alex, secret.pk) is None


def test_revoked_documents_have_no_content(zoe: Person, secret: Credential) -> None:
    actions.revoke(credential=secret, reason="Erreur", shown=False)
    assert contents.of_owner(zoe, secret.pk) is None
    assert contents.of_owner(zoe, secret.pk, 1) is None
    assert contents.of_credential(secret.pk) is None


def test_the_newest_version_unless_another_is_named(zoe: Person, secret: Credential, pdf: PdfMaker) -> None:
    actions.update(credential=secret, pdf=pdf(text="New"), reason="Correction", as_given=True)
    assert of(zoe, secret).original() == pdf(text="New")
    assert of(zoe, secret, 1).original() == pdf(pages=2, text=SECRET)
    assert contents.of_owner(zoe, secret.pk, 3) is None


@pytest.mark.parametrize("number", [0, -1, 3])
def test_pages_that_are_not_there_are_missing(number: int, zoe: Person, secret: Credential) -> None:
    with pytest.raises(Missing):
        of(zoe, secret).page_image(number)
    with pytest.raises(Missing):
        of(zoe, secret).page_text(number)
    assert Page.objects.count() == 0


def test_a_cached_page_is_two_queries(zoe: Person, secret: Credential) -> None:
    tasks.render_pending()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        of(zoe, secret).page_image(1)
    assert len(queries) == 2


def test_whoever_draws_second_keeps_the_first_page(zoe: Person, secret: Credential) -> None:
    one, two = of(zoe, secret), of(zoe, secret)
    one.draw([1])
    kept = Page.objects.get()
    two.draw([1, 2])
    assert Page.objects.get(number=1) == kept
    assert (Page.objects.get(number=1).image, Page.objects.count()) == (kept.image, 2)
    assert two.page_text(1) == f"{SECRET}\nPage 1"


def test_trust_27_ciphertexts_swapped_between_versions_fail(
    zoe: Person, secret: Credential, vault_folder: Path
) -> None:
    """Under one data key: each file is bound to its page and kind too."""
    tasks.render_pending()
    first, second = Page.objects.order_by("number")
    Page.objects.filter(pk=first.pk).update(image=second.image, text=first.image)
    with pytest.raises(Missing, match="altered"):
        of(zoe, secret).page_image(1)
    with pytest.raises(Missing, match="altered"):
        of(zoe, secret).page_text(1)


def test_erasing_the_data_key_erases_the_document(zoe: Person, secret: Credential) -> None:
    tasks.render_pending()
    DataKey.objects.all().delete()
    for read in (of(zoe, secret).original, lambda: of(zoe, secret).page_image(1)):
        with pytest.raises(Missing):
            read()


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"number": 7}, {"reason": "x"}, {"blob": "x"}])
def test_versions_never_change(change: dict[str, object], secret: Credential) -> None:
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Version.objects.update(**change)


def test_what_drawing_notes_may_change(secret: Credential) -> None:
    version = secret.versions.get()
    version.render_attempts = 3
    version.save()
    assert Version.objects.get().render_attempts == 3


def test_altered_bytes_are_missing_and_told_once(
    zoe: Person, secret: Credential, vault_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for file in (file for file in vault_folder.rglob("*") if file.is_file()):
        file.write_bytes(flipped(file.read_bytes(), -1, 1))
    for _ in range(3):
        with pytest.raises(Missing, match="altered"):
            of(zoe, secret).original()
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]


def test_a_page_that_cannot_be_drawn_is_not_tried_on_every_request(
    zoe: Person, secret: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[object] = []

    def render(*_: object) -> NoReturn:
        tries.append(1)
        raise pdfs.Undrawable("broken")

    monkeypatch.setattr(pdfs, "render", render)
    for _ in range(3):
        with pytest.raises(Missing):
            of(zoe, secret).page_image(1)
    assert len(tries) == 1
    monkeypatch.undo()
    assert of(zoe, secret).page_image(2)


def test_staff_read_what_their_institution_issued(
    secret: Credential, institution: Organization, other_institution: Organization
) -> None:
    found = contents.of_issuer(institution, secret.pk)
    assert found
    assert found.page_text(1) == f"{SECRET}\nPage 1"
    assert contents.of_issuer(other_institution, secret.pk) is None
    assert contents.of_issuer(institution, secret.pk, 2) is None
    actions.revoke(credential=secret, reason="Émis par erreur", shown=False)
    assert contents.of_issuer(institution, secret.pk) is None
