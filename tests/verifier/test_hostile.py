"""Whatever is brought, the page answers: in bounded time and memory, and without a word to anyone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from attesta.verifier import verification
from tests.harness.pdfs import PdfMaker
from tests.harness.templates import ROOT
from tests.verifier.conftest import Verifier, headline
from tests.verifier.hostile import CORPUS, cut, hostile
from tests.verifier.watching import MEGABYTE, Watch

pytestmark = pytest.mark.once  # what reading a file takes is the same beside any database

SECONDS = 10
MEMORY = 256 * MEGABYTE
SPEAKS = """
import os, socket
from attesta.verifier import child
child.warm_up()
child.close_doors()
for attempt in (socket.socket, os.pipe, lambda: open("/etc/hostname")):
    try:
        attempt()
    except OSError as refused:
        print(refused.strerror)
"""


@pytest.fixture(autouse=True)
def reader(db: None) -> None:
    """Its start is not what is measured."""
    verification.examined(b"%PDF-1.7", timezone.now())


@pytest.mark.parametrize("name", CORPUS)
def test_trust_24_hostile_files_get_an_answer_within_bounds(verifier: Verifier, name: str) -> None:
    content = hostile(name)
    with Watch() as watch:
        answer = verifier.bring(content)
    assert answer.status_code == 200
    assert headline(answer).startswith(("We cannot tell", "Do not rely on it"))
    assert watch.seconds <= SECONDS
    assert watch.memory <= MEMORY
    assert watch.sockets == 0


def test_trust_24_a_genuine_file_cut_anywhere_is_altered_or_no_pdf(verifier: Verifier, file: bytes) -> None:
    answers = [verifier.bring(piece or b"%") for piece in cut(file, seed=24, count=40)]
    assert {answer.status_code for answer in answers} == {200}
    assert not [answer for answer in answers if "Genuine" in headline(answer)]


def test_trust_24_after_each_of_them_the_next_one_is_served(verifier: Verifier, file: bytes, pdf: PdfMaker) -> None:
    verifier.bring(hostile("seal, deep"))
    assert headline(verifier.bring(file)).startswith("Genuine and current")
    assert headline(verifier.bring(pdf(text="Autre"))) == "We cannot tell: this PDF carries no seal."


def test_trust_24_the_reader_can_open_no_connection_and_no_file() -> None:
    done = subprocess.run([sys.executable, "-c", SPEAKS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["Too many open files"] * 3


def test_trust_24_the_reader_has_none_of_our_secrets(verifier: Verifier) -> None:
    verifier.bring(b"%PDF-1.7")
    assert Path(f"/proc/{verification.program.pid}/environ").read_bytes() == b"LANG=C.UTF-8\0"


def test_trust_24_a_file_too_large_is_refused_in_words(verifier: Verifier) -> None:
    answer = verifier.bring(b"%PDF-1.7\n" + bytes(25 * MEGABYTE))
    assert answer.status_code == 422
    assert "larger than 25 MB" in answer.content.decode()


def test_trust_24_an_empty_file_is_refused_in_words(verifier: Verifier) -> None:
    answer = verifier.bring(b"")
    assert (answer.status_code, "The file is empty" in answer.content.decode()) == (422, True)
