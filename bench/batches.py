"""A batch of transcripts from CSV: killed again and again; one worker and two; memory over its length.

    python -m bench.batches [--short] [--database sqlite|postgresql]

A --short run only shows that everything works: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench import databases
from tests.credentials.batches import files
from tests.harness.server import RunningServer, family, kill_group, resident_bytes
from tests.harness.templates import ROOT

AIM = "two workers / one: >= 1.7"
PREPARE = """
from attesta.credentials.models import Template
from tests.harness import cast
institution = cast.institution()
type(institution).objects.update(approval_above=100_000)
for kind in ("transcript", "diploma"):
    Template.objects.create(issuer=institution, kind=kind, name=kind, title_fr="R", title_en="T")
"""
HAND_IN = """
from pathlib import Path
from attesta.credentials.batches import actions, checking
from attesta.credentials.models import Template
from attesta.organizations.models import Organization
institution, template = Organization.objects.get(), Template.objects.get(name={template!r})
file = Path({file!r}).read_bytes()
batch = actions.hand_in(
    issuer=institution, form="csv", file=file, file_name="x", template=template, quiet=True, by=None
)
print(checking.check(batch).pk)
"""
START = """
from attesta.credentials.batches import actions
from attesta.credentials.models import Batch
actions.start(batch=Batch.objects.get(pk={batch!r}), by=None)
"""
DONE = """
import time
from attesta.credentials.models import Batch
while (batch := Batch.objects.get(pk={batch!r})).state != "done":
    time.sleep(0.05)
print((batch.finished_at - batch.started_at).total_seconds())
"""
FACTS = """
import json
from collections import Counter
from hashlib import sha256
from attesta.credentials import contents
from attesta.credentials.models import Credential, Version
def sound(credential):
    version = credential.versions.get()
    return sha256(contents.of_credential(credential.pk).original()).hexdigest() == version.sha256
numbers = Counter(Credential.objects.values_list("number", flat=True))
print(json.dumps({
    "documents": len(numbers), "twice": sum(n > 1 for n in numbers.values()), "versions": Version.objects.count(),
    "sound": sum(map(sound, Credential.objects.iterator())),
}))
"""


@dataclass(frozen=True, slots=True)
class Size:
    """``courses`` a transcript: 36 fill three pages."""

    killed: int
    kills: int
    courses: int
    transcripts: int
    diplomas: int


FULL = Size(killed=2000, kills=10, courses=36, transcripts=240, diplomas=1000)
SHORT = Size(killed=40, kills=2, courses=4, transcripts=8, diplomas=20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    size = SHORT if options.short else FULL
    for database in options.database or ["sqlite", "postgresql"]:
        print(f"\n{database}")
        with databases.using(database):
            killed(size)
            speed(size)


@contextlib.contextmanager
def product() -> Iterator[RunningServer]:
    """A data folder with an institution; only commands run."""
    with contextlib.closing(RunningServer()) as running:
        running.shell(PREPARE)
        yield running


def killed(size: Size) -> None:
    """The command is killed at random moments of its work and called again. Raises AssertionError at the end."""
    chance = random.Random(20261122)
    with product() as running:
        file = running.folder / "transcripts.csv"
        file.write_bytes(files.transcripts(size.killed, courses=size.courses))
        began, kills = time.monotonic(), 0
        while kills < size.kills:
            process = command(running, "issue-batch", str(file), "--issuer", ISSUER, "--template", "transcript")
            with contextlib.suppress(subprocess.TimeoutExpired):
                assert process.wait(chance.uniform(3, 15)) == 0, running.log
                break
            kill_group(process)
            kills += 1
        last = command(running, "issue-batch", str(file), "--issuer", ISSUER, "--template", "transcript")
        assert last.wait() == 0, running.log
        found = json.loads(running.shell(FACTS))
        print(f"  {kills} kills in {time.monotonic() - began:.0f} s: {found}")
        assert found == {"documents": size.killed, "twice": 0, "versions": size.killed, "sound": size.killed}


ISSUER = "universite-du-fleuve"


def speed(size: Size) -> None:
    """The same number of documents, by one worker and by two."""
    for template, count in (("diploma", size.diplomas), ("transcript", size.transcripts)):
        rates = {workers: rate(template, count, size.courses, workers) for workers in (1, 2)}
        told = ", ".join(f"{workers} worker(s) {each:.1f}/s" for workers, each in rates.items())
        print(f"  {template}s: {told}; ratio {rates[2] / rates[1]:.2f}   aim {AIM}")


def rate(template: str, count: int, courses: int, workers: int) -> float:
    """Documents a second, from start to end, by workers that are warm."""
    with product() as running:
        file = running.folder / "rows.csv"
        running_workers = []
        batches = []
        for first, number in ((1, 4 * workers), (1000, count)):
            rows = [row for n in range(first, first + number) for row in rows_of(template, n, courses)]
            file.write_text(files.table(rows))
            batches.append(running.shell(HAND_IN.format(template=template, file=str(file))).strip())
        try:
            running_workers = [command(running, "work") for _ in range(workers)]
            for batch in batches:  # the first one warms them up
                running.shell(START.format(batch=batch))
                seconds = float(running.shell(DONE.format(batch=batch)))
                memory = [sum(map(resident_bytes, family(process.pid))) / 1e6 for process in running_workers]
                print(f"    {template}, {workers} worker(s): resident {', '.join(f'{m:.0f} MB' for m in memory)}")
        finally:
            for process in running_workers:
                kill_group(process)
    return count / seconds


def rows_of(template: str, number: int, courses: int) -> list[dict[str, str]]:
    return [files.diploma_row(number)] if template == "diploma" else files.transcript_rows(number, courses)


def command(running: RunningServer, *arguments: str) -> subprocess.Popen[bytes]:
    with (running.folder / "command.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            env=running.environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


if __name__ == "__main__":
    main()
