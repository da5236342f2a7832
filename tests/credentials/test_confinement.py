"""The program that reads PDFs comes when needed, bears crashes, and never outlives its caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from attesta.credentials import confinement
from attesta.credentials.pdf import program
from tests.credentials import files
from tests.harness.pdfs import PdfMaker
from tests.harness.server import family
from tests.harness.templates import ROOT


def pid() -> int:
    assert program.pid
    return program.pid


def test_one_program_answers_many_requests(pdf: PdfMaker) -> None:
    assert program.ask("check", pdf()) == b'{"pages": 1}\n'
    first = pid()
    assert program.ask("check", pdf(pages=2)) == b'{"pages": 2}\n'
    assert pid() == first


def test_a_pdf_that_crashes_its_reader_leaves_the_program_alone(pdf: PdfMaker) -> None:
    program.ask("check", pdf())
    first = pid()
    with pytest.raises(confinement.Failed):
        program.ask("check", files.endless_drawing())
    assert program.ask("check", pdf()) == b'{"pages": 1}\n'
    assert pid() == first


def test_a_program_that_was_killed_is_started_again(pdf: PdfMaker) -> None:
    program.ask("check", pdf())
    first = pid()
    os.kill(first, signal.SIGKILL)
    assert program.ask("check", pdf()) == b'{"pages": 1}\n'
    assert pid() != first


def test_a_program_that_hangs_is_ended(pdf: PdfMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "SECONDS", 5.0)
    program.ask("check", pdf())
    os.kill(pid(), signal.SIGSTOP)
    assert program.ask("check", pdf()) == b'{"pages": 1}\n'


def test_the_program_has_none_of_our_secrets(pdf: PdfMaker) -> None:
    program.ask("check", pdf())
    environment = Path(f"/proc/{pid()}/environ").read_bytes()
    assert environment == b"LANG=C.UTF-8\0"


def test_the_program_ends_with_its_caller() -> None:
    """Also when the caller is killed."""
    code = (
        "import sys, time\n"
        "from attesta.credentials.pdf import program\n"
        "from tests.harness.pdfs import make_pdf\n"
        "program.ask('check', make_pdf())\n"
        "print(program.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT) as caller:
        assert caller.stdout
        pid = int(caller.stdout.readline())
        caller.kill()
    end = time.monotonic() + 10
    while family(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert family(pid) == []
