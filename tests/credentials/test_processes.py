"""Real processes on a real data folder: what stays on the disk, and what many at once do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.harness.pdfs import PdfMaker
from tests.harness.server import RunningServer

SECRET = "Zyxwvut 4711 Quelfeind"
TOGETHER = """
from datetime import date
from django.conf import settings
from attesta.credentials import actions, contents, tasks
from attesta.credentials.models import Credential, Version
from attesta.credentials.rules import Refused
from attesta.vault import keys, rotation, secrets
from tests.harness import cast
from tests.harness.pdfs import make_pdf
from tests.harness.together import together

zoe, institution = cast.zoe(), cast.institution()
"""


@pytest.fixture
def product() -> Iterator[RunningServer]:
    """A data folder of its own; only its commands run."""
    with closing(RunningServer(workers=2)) as product:
        yield product


def test_no_plaintext_of_a_document_is_on_the_disk(product: RunningServer, tmp_path: Path, pdf: PdfMaker) -> None:
    """Database, write-ahead log, vault and temporary files, after every command and the drawing of pages."""
    file, scratch = tmp_path / "diploma.pdf", tmp_path / "scratch"
    scratch.mkdir()
    product.environment["TMPDIR"] = str(scratch)
    file.write_bytes(pdf(pages=2, text=SECRET))
    names = ["--name-fr", "Université", "--name-en", "University", "--contact-email", "r@fleuve.example"]
    product.manage("create-institution", "fleuve", *names)
    titles = ["--title-fr", "Diplôme", "--title-en", "Degree", "--issued-on", "2024-03-22"]
    issued = product.manage("issue-document", str(file), "--issuer", "fleuve", "--learner", "zoe@example.org", *titles)
    file.write_bytes(pdf(pages=3, text=SECRET))
    product.manage("update-document", issued.splitlines()[0], str(file), "--reason", "Correction")
    said = product.shell("from attesta.credentials import tasks; print(tasks.render_pending())")
    assert said == "5\n"
    kept = [path for path in product.folder.rglob("*") if path.is_file()]
    assert len([path for path in kept if "vault" in path.parts and path.name != "vault.id"]) == 2 + 2 * 5
    for trace in (SECRET.encode(), SECRET.encode("utf-16-le"), b"%PDF-", b"WEBPVP8", file.read_bytes()[200:232]):
        assert [path for path in kept if trace in path.read_bytes()] == []
    assert list(scratch.rglob("*")) == []


def test_updates_at_once_are_all_kept_in_turn(product: RunningServer) -> None:
    said = product.shell(
        TOGETHER
        + """
document = cast.diploma(zoe, institution)
def update(number):
    stale = Credential.objects.get(pk=document.pk)
    return actions.update(credential=stale, pdf=make_pdf(text=f"update {number}"), reason=f"update {number}").number
print(sorted(together(6, update)))
document.refresh_from_db()
print(document.latest, [version.number for version in document.versions.all()])
for number in range(1, 8):
    contents.of_owner(zoe, document.pk, number).original()
"""
    )
    assert said == "[2, 3, 4, 5, 6, 7]\n7 [7, 6, 5, 4, 3, 2, 1]\n"


def test_update_and_revocation_at_once_end_revoked_and_whole(product: RunningServer) -> None:
    said = product.shell(
        TOGETHER
        + """
document = cast.diploma(zoe, institution)
def act(number):
    try:
        if number == 0:
            actions.revoke(credential=Credential.objects.get(pk=document.pk), reason="Erreur", shown=True)
        else:
            actions.update(credential=document, pdf=make_pdf(text=f"update {number}"), reason="x")
        return 1
    except Refused as refusal:
        assert refusal.code == "revoked"
        return 0
done = together(4, act)
document = Credential.objects.get()
print(done[0], document.status, document.latest == Version.objects.count() == sum(done))
"""
    )
    assert said == "1 revoked True\n"


def test_the_same_number_at_once_is_issued_once(product: RunningServer) -> None:
    said = product.shell(
        TOGETHER
        + """
def issue(number):
    return actions.issue(
        issuer=institution, learner_email="zoe@example.org", title_fr="Diplôme", title_en="Degree",
        issued_on=date(2024, 3, 22), pdf=make_pdf(), number="B-1",
    ).pk
print(len(set(together(6, issue))), Credential.objects.count(), Version.objects.count())
"""
    )
    assert said == "1 1 1\n"


def test_a_mailbox_proved_at_once_by_two_requests_claims_once(product: RunningServer) -> None:
    said = product.shell(
        TOGETHER
        + """
from allauth.account.models import EmailAddress
from attesta.activity.models import Line
for number in range(3):
    actions.issue(issuer=institution, learner_email="old@example.org", title_fr="a", title_en="b",
                  issued_on=date(2024, 3, 22), pdf=make_pdf())
EmailAddress.objects.create(user=zoe, email="old@example.org", verified=True)
print(sum(together(5, lambda number: actions.claim_all(person=zoe))), Line.objects.filter(verb="claimed").count())
"""
    )
    assert said == "3 3\n"


def test_invitations_at_once_are_no_more_than_an_hour_allows(product: RunningServer) -> None:
    said = product.shell(
        TOGETHER
        + """
from attesta.activity.models import Line
from attesta.activity.verbs import Verb
from attesta.mail.models import Letter
document = actions.issue(issuer=institution, learner_email="noe@example.org", title_fr="a", title_en="b",
                         issued_on=date(2024, 3, 22), pdf=make_pdf(), quiet=True)
def invite(number):
    try:
        actions.invite_again(credential=Credential.objects.get(pk=document.pk))
        return 1
    except Refused as refusal:
        assert refusal.code == "too-often", refusal.code
        return 0
print(sum(together(9, invite)), Line.objects.filter(verb=Verb.INVITED).count(), Letter.objects.count())
"""
    )
    assert said == "5 5 5\n"


def test_trust_27_keys_rotate_under_traffic_without_a_failure(product: RunningServer) -> None:
    said = product.shell(
        TOGETHER
        + """
documents = [cast.diploma(zoe, institution) for number in range(3)]
tasks.render_pending()
sealed = secrets.seal("a token", purpose="share.token", context="1")
def work(number):
    if number == 0:
        for turn in range(3):
            keys.add_wrapping_key(settings.KEYS_DIR)
            rotation.reseal_everything()
        return 0
    for turn in range(12):
        read = contents.of_owner(zoe, documents[turn % 3].pk)
        assert read.page_image(1).content
        assert secrets.unseal(sealed, purpose="share.token", context="1") == "a token"
        if turn % 6 == 0:
            actions.update(credential=documents[number % 3], pdf=make_pdf(text=f"{number} {turn}"), reason="x")
    return 1
print(sum(together(4, work)), keys.provider().current())
rotation.reseal_everything()
from attesta.vault.models import DataKey
print(set(DataKey.objects.values_list("wrapping_key", flat=True)), DataKey.objects.count())
for version in Version.objects.select_related("credential", "data_key"):
    contents.Contents(version).original()
"""
    )
    assert said == "3 wrapping-0004\n{'wrapping-0004'} 9\n"
