"""``bin/attesta issue-batch``: a file of many documents is checked as a whole, then issued."""

from __future__ import annotations

import contextlib
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from attesta.accounts.models import Person
from attesta.credentials.batches import actions, alone, checking, opening, querysets, reports, rules, tasks
from attesta.credentials.batches.examining import Examination
from attesta.credentials.batches.findings import Broken, Finding
from attesta.credentials.batches.refusals import refused
from attesta.credentials.management import batch as desk
from attesta.credentials.management.batch import Interruption, cannot
from attesta.credentials.management.desk import issuer as issuer_named
from attesta.credentials.management.progress import Progress
from attesta.credentials.models import Batch, BatchState, Template
from attesta.credentials.rules import Refused
from attesta.organizations.days import today
from attesta.organizations.models import Organization
from attesta.organizations.rules import Act

WAIT = 0.2  # seconds, while other workers have the last rows in hand
AT_ONCE = 10


class Command(BaseCommand):
    help = (
        "Issue a batch: a ZIP of PDFs with index.csv, a CSV of fields, or PESC XML (docs/formats.md). Called again with"
        " the same file it goes on where it stopped. Exit code: 0 all issued (or no problem found by --dry-run),"
        " 1 problems in the file or documents that failed, 2 not carried out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--issuer", required=True, help="Short name or id of the institution.")
        parser.add_argument("--template", metavar="NAME", help="Which of its templates makes the documents.")
        parser.add_argument("--dry-run", action="store_true", help="List every problem; change nothing.")
        parser.add_argument("--quiet", action="store_true", help="Send no letter to the learners.")
        parser.add_argument(
            "--release-at", type=desk.moment, metavar="YYYY-MM-DDTHH:MM", help="Learners see and hear nothing before."
        )
        parser.add_argument("--by", metavar="EMAIL", help="The member of staff who hands it in.")
        parser.add_argument("--approved-by", metavar="EMAIL", help="The other one, who approves a large batch.")
        parser.add_argument("--report", metavar="FILE.csv", help="Where to write what became of each document.")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        with desk.refusals_as_sentences():
            issuer = issuer_named(options["issuer"])
            file = desk.file_bytes(options["file"])
            template = desk.template(issuer, options["template"])
            by = desk.member(issuer, options["by"], Act.HAND_IN)
            approver = desk.member(issuer, options["approved_by"], Act.APPROVE)
            form = rules.form_of(file[:8], with_template=template is not None)
            if refusal := rules.hand_in_refusal(len(file), form, template.kind if template else None):
                raise refused(refusal)
        if options["dry_run"]:
            self._dry_run(file, form, issuer, template, by)
            return
        with desk.refusals_as_sentences():
            batch = actions.hand_in(
                issuer=issuer,
                form=form,
                file=file,
                file_name=Path(options["file"]).name,
                template=template,
                quiet=options["quiet"],
                release_at=options["release_at"],
                by=by,
            )
        del file  # it lies in the vault now, and may be large
        with Interruption().awaited() as interruption:
            self._check(batch, options["report"], interruption)
            self._set_going(batch, by, approver)
            self._issue(batch, interruption)
        self._conclude(batch, options["report"])

    def _dry_run(
        self, file: bytes, form: str, issuer: Organization, template: Template | None, by: Person | None
    ) -> None:
        progress = Progress("Checked", sys.stderr)
        try:
            examination = Examination(opening.read(file, form, template, today=today()), issuer, template)
        except Broken as broken:
            self._refuse(broken.findings)
            return
        for done in examination.steps():
            progress.show(done, len(examination.reading.entries))
        progress.end()
        if examination.findings:
            self._refuse(examination.findings)
        total, before = len(examination.reading.entries), len(examination.issued)
        self.stdout.write(f"No problem found: {total - before} documents to issue, {before} already issued.")
        if total - before + alone.documents(issuer, by, at=timezone.now()) > issuer.most_alone:
            self.stdout.write("A second person must approve it: --by and --approved-by.")

    def _refuse(self, findings: list[Finding]) -> None:
        desk.tell(self.stdout, findings)
        raise CommandError(f"Problems: {len(findings)}. Nothing was issued.")

    def _check(self, batch: Batch, report: str | None, interruption: Interruption) -> None:
        """Ends the command when there are problems."""
        progress = Progress("Checked", sys.stderr)
        while batch.state == BatchState.CHECKING:
            if mine := checking.take(batch, timezone.now()):
                for done, total in mine.steps():
                    progress.show(done, total)
                    if interruption():
                        mine.rest(timezone.now())
                        mine.let_go()
                        raise cannot("Interrupted: nothing was issued. The same command begins again.")
            else:
                time.sleep(WAIT)  # a worker has it, or a process that was killed had it
            batch.refresh_from_db()
        progress.end()
        if batch.state == BatchState.REFUSED:
            self._report(batch, report)
            found = querysets.problems(batch).values_list("place", "column", "code", "value")
            self._refuse([Finding(*each) for each in found.iterator()])

    def _set_going(self, batch: Batch, by: Person | None, approver: Person | None) -> None:
        with desk.refusals_as_sentences():
            if batch.state == BatchState.WAITING:
                self._approve(batch, approver)
                batch.refresh_from_db()
            if batch.state == BatchState.READY:
                actions.start(batch=batch, by=by)
            elif batch.state == BatchState.PAUSED:
                actions.resume(batch=batch, by=by)
        batch.refresh_from_db()

    def _approve(self, batch: Batch, approver: Person | None) -> None:
        if approver is None or batch.created_by is None:
            raise cannot(
                f"{batch.row_count} documents need a second person: one hands in (--by), another approves"
                " (--approved-by, or on the institution’s pages). The batch waits; nothing was issued."
            )
        actions.approve(batch=batch, by=approver)

    def _issue(self, batch: Batch, interruption: Interruption) -> None:
        """Until it is done, whoever else works on it too."""
        progress = Progress("Issued", sys.stderr)
        while batch.state == BatchState.RUNNING and not interruption():
            try:
                done = tasks.issue_some(batch, AT_ONCE, timezone.now, interruption)
            except tasks.Outage as outage:
                progress.end()
                self._pause(batch)
                raise cannot(f"The batch is paused: {outage} The same command goes on with it.") from None
            batch.refresh_from_db()
            progress.show(querysets.progress(batch).done, batch.row_count)
            if not done and batch.state == BatchState.RUNNING:
                time.sleep(WAIT)
        progress.end()
        if batch.state == BatchState.RUNNING:
            self._pause(batch)
            raise cannot("Interrupted: the batch is paused. The same command goes on with it.")
        if batch.state != BatchState.DONE:
            raise cannot(f"The batch is {batch.state} now: someone stopped it. The same command goes on with it.")

    def _pause(self, batch: Batch) -> None:
        with contextlib.suppress(Refused):  # someone else just did
            actions.pause(batch=batch, by=None)

    def _conclude(self, batch: Batch, report: str | None) -> None:
        self._report(batch, report)
        before = reports.issued_before(batch)
        self.stdout.write(
            f"Issued: {batch.issued_count - before}. Already issued before: {before}. Failed: {batch.failed_count}."
        )
        if batch.failed_count:
            desk.tell(self.stdout, (Finding(row.place, "", row.problem) for row in querysets.failed(batch)))
            raise CommandError("Not every document was issued: correct those and hand the whole file in again.")

    def _report(self, batch: Batch, name: str | None) -> None:
        if not name:
            return
        parts = reports.of_problems(batch) if batch.state == BatchState.REFUSED else reports.of_rows(batch)
        try:
            with Path(name).open("w", encoding="utf-8", newline="") as file:
                file.writelines(parts)
        except OSError as problem:
            raise cannot(f"The report {name} cannot be written: {problem.strerror}.") from None
