"""Trust check 31, imports: ``kill -9`` at random while a batch is issued, by the command and by workers."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.credentials.batches import files
from tests.harness.server import RunningServer, kill_group
from tests.harness.templates import ROOT

DOCUMENTS = 40  # python -m bench.batches: two thousand
COURSES = 12
KILLS = 3
LONGEST = 90.0  # seconds
PREPARE = """
from attesta.credentials.models import Template
from tests.harness import cast
institution = cast.institution()
Template.objects.create(issuer=institution, kind="transcript", name="transcript", title_fr="R", title_en="T")
"""
FACTS = """
import json
import os
from hashlib import sha256
from attesta.activity.models import Line
from attesta.credentials import contents
from attesta.credentials.models import Batch, Credential, Row, Version
from attesta.mail.models import Letter
def sound(credential):
    version = credential.versions.get()
    pdf = contents.of_credential(credential.pk).original()
    return pdf.startswith(b"%PDF-") and sha256(pdf).hexdigest() == version.sha256 and len(pdf) == version.size
credentials = list(Credential.objects.all())
print(json.dumps({
    "numbers": sorted(credential.number for credential in credentials),
    "sound": sum(map(sound, credentials)),
    "versions": Version.objects.count(),
    "issued": Line.objects.filter(verb="issued").count(),
    "letters": Letter.objects.count(),
    "batches": [
        [batch.state, batch.issued_count, batch.failed_count, batch.row_count]
        for batch in Batch.objects.order_by("created_at")
    ],
    "rows": sorted(set(Row.objects.values_list("state", flat=True))),
    "of_rows": len(set(Row.objects.values_list("credential", flat=True))),
}))
"""


@pytest.fixture
def product() -> Iterator[RunningServer]:
    with closing(RunningServer()) as product:
        product.shell(PREPARE)
        yield product


@pytest.fixture
def file(product: RunningServer) -> Path:
    path = product.folder / "transcripts.csv"
    path.write_bytes(files.transcripts(DOCUMENTS, courses=COURSES))
    return path


def issuing(product: RunningServer, file: Path) -> subprocess.Popen[bytes]:
    options = ("--issuer", "universite-du-fleuve", "--template", "transcript")
    return started(product, "issue-batch", str(file), *options)


def expected() -> dict[str, Any]:
    return {
        "numbers": sorted(f"T-{number}" for number in range(1, DOCUMENTS + 1)),
        "sound": DOCUMENTS,
        "versions": DOCUMENTS,
        "issued": DOCUMENTS,
        "letters": DOCUMENTS,
        "batches": [["done", DOCUMENTS, 0, DOCUMENTS]],
        "rows": ["issued"],
        "of_rows": DOCUMENTS,
    }


@pytest.mark.timeout(300)
def test_trust_31_a_batch_killed_again_and_again_ends_whole(product: RunningServer, file: Path) -> None:
    """The same command, called again after each kill, finishes the same batch."""
    chance = random.Random(20261122)
    for _ in range(KILLS):
        process = issuing(product, file)
        try:
            process.wait(chance.uniform(1.5, 4.0))
        except subprocess.TimeoutExpired:
            kill_group(process)
        else:
            break  # a fast machine was done before
    assert issuing(product, file).wait(LONGEST) == 0
    found = json.loads(product.shell(FACTS))
    found["batches"] = found["batches"][:1]  # called once more after its end, it finds everything issued
    assert found == expected()


@pytest.mark.timeout(300)
def test_trust_31_two_workers_and_a_command_killed_in_turn_issue_nothing_twice(
    product: RunningServer, file: Path
) -> None:
    chance = random.Random(31)
    processes = [issuing(product, file), worker(product), worker(product)]
    try:
        for _ in range(KILLS):
            time.sleep(chance.uniform(1.0, 2.5))
            victim = chance.randrange(3)
            kill_group(processes[victim])
            processes[victim] = worker(product) if victim else issuing(product, file)
        assert processes[0].wait(LONGEST) == 0
    finally:
        for process in processes:
            kill_group(process)
    found = json.loads(product.shell(FACTS))
    found["batches"] = found["batches"][:1]
    assert found == expected()


def worker(product: RunningServer) -> subprocess.Popen[bytes]:
    return started(product, "work")


def started(product: RunningServer, *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        env=product.environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
