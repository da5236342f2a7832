"""``bin/attesta issue-batch``: exit codes, sentences, the bar, the report; it goes on where it stopped."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from attesta.accounts.models import Person
from attesta.credentials.batches import issuing, tasks
from attesta.credentials.batches.documents import Document
from attesta.credentials.management.batch import moment
from attesta.credentials.management.progress import Progress
from attesta.credentials.models import Batch, BatchState, Credential, Template
from attesta.credentials.refusals import refused
from attesta.credentials.rules import Refusal
from attesta.mail.models import Letter
from attesta.organizations.models import Membership, Organization, Role
from tests.credentials.batches import broken, files
from tests.credentials.conftest import everything

ISSUER = ("--issuer", "universite-du-fleuve")


def run(file: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command("issue-batch", str(file), *ISSUER, *options, stdout=out)
    return out.getvalue().splitlines()


def fails(file: Path, *options: str) -> tuple[int, str, list[str]]:
    """Exit code, last sentence, and what was printed before."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("issue-batch", str(file), *ISSUER, *options, stdout=out)
    return error.value.returncode, str(error.value), out.getvalue().splitlines()


@pytest.fixture
def three(tmp_path: Path, institution: Organization) -> Path:
    return written(tmp_path / "juin.zip", files.pdfs(3))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_batch_is_issued_and_once_only(three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.csv"
    assert run(three, "--report", str(report)) == ["Issued: 3. Already issued before: 0. Failed: 0."]
    assert capsys.readouterr().err == "Checked 3/3 (100 %)\nIssued 3/3 (100 %)\n"
    assert len(report.read_text().splitlines()) == 4
    assert (Credential.objects.count(), Letter.objects.count()) == (3, 3)
    assert run(three) == ["Issued: 0. Already issued before: 3. Failed: 0."]
    assert Credential.objects.count() == 3


def test_terms_of_a_batch(three: Path, registrar: Person) -> None:
    run(three, "--quiet", "--release-at", "2199-06-12T09:00", "--by", "registrar@example.org")
    batch = Batch.objects.get()
    assert (batch.quiet, batch.created_by, batch.file_name) == (True, registrar, "juin.zip")
    assert batch.release_at == datetime(2199, 6, 12, 13, tzinfo=UTC)
    assert set(Credential.objects.values_list("quiet", "release_due_at")) == {(True, batch.release_at)}


def test_moments_are_those_of_the_institution_unless_said() -> None:
    assert moment("2026-06-12T09:00") == datetime(2026, 6, 12, 13, tzinfo=UTC)
    assert moment("2026-06-12T09:00+00:00") == datetime(2026, 6, 12, 9, tzinfo=UTC)


def test_a_dry_run_changes_nothing(three: Path, vault_folder: Path) -> None:
    before = everything(vault_folder)
    assert run(three, "--dry-run") == ["No problem found: 3 documents to issue, 0 already issued."]
    assert everything(vault_folder) == before


def test_a_dry_run_says_that_a_second_person_is_needed(three: Path, institution: Organization) -> None:
    institution.approval_above = 2
    institution.save()
    assert run(three, "--dry-run")[1] == "A second person must approve it: --by and --approved-by."


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_problems_are_listed_and_nothing_is_issued(
    tmp_path: Path, institution: Organization, options: tuple[str, ...]
) -> None:
    file, expected = broken.batch()
    code, sentence, lines = fails(written(tmp_path / "x.zip", file), *options)
    count = len(expected) - 2  # neither number is in use here
    assert (code, sentence) == (1, f"Problems: {count}. Nothing was issued.")
    assert len(lines) == count
    assert lines[0] == "locked.pdf: This file is protected by a password. Make the ZIP file without one. [file-locked]"
    assert "line 14, learner_email “zoe(at)example.org”: This is not a valid email address. [email-invalid]" in lines, (
        lines
    )
    assert Credential.objects.count() == 0


def test_problems_go_into_the_report(tmp_path: Path, institution: Organization) -> None:
    report = tmp_path / "report.csv"
    index = files.table([files.index_row(1, issued_on="demain")])
    fails(written(tmp_path / "x.zip", files.packed({"index.csv": index})), "--report", str(report))
    assert [line.split(",")[:3] for line in report.read_text().splitlines()[1:]] == [
        ["2", "issued_on", "demain"],
        ["2", "file", "1.pdf"],
    ]


def test_a_document_that_failed_is_told_at_the_end(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = issuing.issue

    def issue(document: Document, batch: Batch) -> Credential:
        if document.draft.number == "D-2":
            raise refused(Refusal.UNREADABLE)
        return usual(document, batch)

    monkeypatch.setattr(issuing, "issue", issue)
    code, _, lines = fails(three)
    assert (code, lines) == (
        1,
        [
            "Issued: 2. Already issued before: 0. Failed: 1.",
            "line 3: The PDF asks for more time or memory than is allowed. Make a simpler one. [unreadable]",
        ],
    )


def test_a_large_batch_needs_two_people(three: Path, institution: Organization, registrar: Person) -> None:
    institution.approval_above = 2
    institution.save()
    by = ("--by", "registrar@example.org")
    assert fails(three, *by)[:2] == (
        2,
        "3 documents need a second person: one hands in (--by), another approves (--approved-by, or on the"
        " institution’s pages). The batch waits; nothing was issued.",
    )
    assert fails(three, *by, "--approved-by", "registrar@example.org")[:2] == (
        2,
        "You handed this batch in: someone else must approve it. Ask a colleague; nothing was changed.",
    )
    assert Credential.objects.count() == 0


def test_a_second_person_approves(three: Path, institution: Organization, registrar: Person, director: Person) -> None:
    institution.approval_above = 2
    institution.save()
    options = ("--by", "registrar@example.org", "--approved-by", "director@example.org")
    assert run(three, *options) == ["Issued: 3. Already issued before: 0. Failed: 0."]
    assert Batch.objects.get().approved_by == director


def test_whoever_handed_in_must_be_named_before_another_approves(
    three: Path, institution: Organization, director: Person
) -> None:
    institution.approval_above = 0
    institution.save()
    assert fails(three, "--approved-by", "director@example.org")[0] == 2
    assert Batch.objects.get().state == BatchState.WAITING


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--issuer", "nowhere"), "No institution with the short name or id 'nowhere'"),
        (("--template", "Diplôme"), "This institution has no template named 'Diplôme' (it has: none)."),
        (("--by", "nobody@example.org"), "nobody@example.org may not do that for this institution."),
        (("--by", "reader@example.org"), "reader@example.org may not do that for this institution."),
        (("--by", "registrar@lacs.example"), "registrar@lacs.example may not do that for this institution."),
    ],
)
def test_what_is_not_known_is_told(
    three: Path,
    options: tuple[str, ...],
    sentence: str,
    alex: Person,
    institution: Organization,
    other_registrar: Person,
) -> None:
    alex.emailaddress_set.create(email="reader@example.org", verified=True)
    Membership.objects.create(organization=institution, person=alex, role=Role.READER)
    code, said, _ = fails(three, *options)
    assert (code, said.startswith(sentence)) == (2, True), said


def test_a_file_that_cannot_be_read_or_taken(tmp_path: Path, institution: Organization) -> None:
    assert fails(tmp_path / "none.zip")[:2] == (
        2,
        f"The file {tmp_path / 'none.zip'} cannot be read: No such file or directory. Nothing was changed.",
    )
    assert fails(written(tmp_path / "x.csv", b"a,b"))[1].startswith("Choose the template")
    assert fails(written(tmp_path / "y.csv", b""))[1].startswith("The file is empty.")


def test_rows_of_fields_by_the_name_of_their_template(tmp_path: Path, diploma_template: Template) -> None:
    file = written(tmp_path / "d.csv", files.diplomas(2))
    assert run(file, "--template", diploma_template.name) == ["Issued: 2. Already issued before: 0. Failed: 0."]


def test_ctrl_c_pauses_and_the_same_command_goes_on(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = issuing.issue

    def issue(document: Document, batch: Batch) -> Credential:
        os.kill(os.getpid(), signal.SIGINT)
        return usual(document, batch)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(issuing, "issue", issue)
        assert fails(three)[:2] == (2, "Interrupted: the batch is paused. The same command goes on with it.")
    assert (Credential.objects.count(), Batch.objects.get().state) == (1, BatchState.PAUSED)
    assert run(three) == ["Issued: 3. Already issued before: 0. Failed: 0."]


def test_an_outage_pauses(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def issue(document: Document, batch: Batch) -> Credential:
        raise refused(Refusal.CANNOT_SEAL)

    monkeypatch.setattr(issuing, "issue", issue)
    code, sentence, _ = fails(three)
    assert (code, sentence.startswith("The batch is paused: The document could not be sealed")) == (2, True)
    assert Batch.objects.get().state == BatchState.PAUSED


def test_a_worker_may_help(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = issuing.issue
    helped: list[int] = []

    def issue(document: Document, batch: Batch) -> Credential:
        monkeypatch.setattr(issuing, "issue", usual)
        helped.append(tasks.work())
        return usual(document, batch)

    monkeypatch.setattr(issuing, "issue", issue)
    assert run(three) == ["Issued: 3. Already issued before: 0. Failed: 0."]
    assert helped == [2]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_moves_on_a_terminal() -> None:
    out = Terminal()
    bar = Progress("Issued", out)
    bar.show(0, 4)
    bar.show(4, 4)
    bar.end()
    assert out.getvalue() == "\r[##############################] Issued 4/4 (100 %) \n"
