"""The program that reads PDFs comes when needed, bears crashes, and never outlives its caller."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from attesta.credentials import confinement, landlock
from attesta.credentials.pdf import program
from tests.credentials import files
from tests.harness.pdfs import PdfMaker
from tests.harness.server import family
from tests.harness.templates import ROOT

FOUND = b'{"pages": 1, "signed": false}\n'


def pid() -> int:
    assert program.pid
    return program.pid


def test_one_program_answers_many_requests(pdf: PdfMaker) -> None:
    assert program.ask("check", pdf()) == FOUND
    first = pid()
    assert program.ask("check", pdf(pages=2)) == b'{"pages": 2, "signed": false}\n'
    assert pid() == first


def test_a_pdf_that_crashes_its_reader_leaves_the_program_alone(pdf: PdfMaker) -> None:
    program.ask("check", pdf())
    first = pid()
    with pytest.raises(confinement.Failed):
        program.ask("check", files.endless_drawing())
    assert program.ask("check", pdf()) == FOUND
    assert pid() == first


def test_a_program_that_was_killed_is_started_again(pdf: PdfMaker) -> None:
    program.ask("check", pdf())
    first = pid()
    os.kill(first, signal.SIGKILL)
    assert program.ask("check", pdf()) == FOUND
    assert pid() != first


def test_a_program_that_hangs_is_ended(pdf: PdfMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "SECONDS", 5.0)
    program.ask("check", pdf())
    os.kill(pid(), signal.SIGSTOP)
    assert program.ask("check", pdf()) == FOUND


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


HOSTILE = """
import sys, time
from attesta.credentials import confined

def lingers(data, facts, out):
    out.write(b"all")
    out.close()
    time.sleep(60)

def never_ends(data, facts, out):
    while True:
        out.write(bytes(1 << 16))

def answers(data, facts, out):
    out.write(data)

confined.LARGEST = 1 << 20
for run in (lingers, never_ends, answers):
    print(confined.apart(confined.Work(run, lambda facts: 1), {}, b"all"), flush=True)
"""


def test_whoever_took_over_a_reader_holds_up_nobody() -> None:
    """It answers and stays, or answers without end: it is ended, and says nothing."""
    begun = time.monotonic()
    told = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, cwd=ROOT, check=True)
    assert told.stdout.splitlines() == ["None", "None", "b'all'"]
    assert time.monotonic() - begun < 20


def test_the_work_at_hand_ends_with_the_program() -> None:
    code = (
        "import os, time\n"
        "from attesta.credentials import confined\n"
        "def tells(data, facts, out):\n"
        "    os.write(2, f'{os.getpid()}\\n'.encode())\n"
        "    time.sleep(60)\n"
        "confined.apart(confined.Work(tells, lambda facts: 30), {}, b'')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, cwd=ROOT) as caller:
        assert caller.stderr
        pid = int(caller.stderr.readline())
        caller.kill()
    end = time.monotonic() + 10
    while family(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert family(pid) == []


def test_whoever_took_over_a_reader_finds_no_key_no_network_and_nobody(tmp_path: Path) -> None:
    """Files of ours need Landlock (Linux 5.13), signals its sixth version (6.12)."""
    key = tmp_path / "sealing.key"
    key.write_text("secret")
    known, curious = landlock.version(), confinement.Program("tests.credentials.curious")
    with socket.create_server(("127.0.0.1", 0)) as server:
        told = json.loads(curious.ask("look", b"", file=str(key), port=server.getsockname()[1], pid=os.getpid()))
    curious.stop()
    apart = not known
    assert told == {
        **dict.fromkeys(("file", "write", "environment"), apart),
        "network": False,
        "signal": known < 6,
        "code": True,
    }
