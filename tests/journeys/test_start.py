"""A newcomer types one command. It starts, says where it is, and ends without leaving anything behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.harness.server import family, free_port
from tests.harness.templates import ROOT, environment


class Demo:
    """``bin/demo`` in a session of its own, as a terminal would start it."""

    def __init__(self, folder: Path, port: int, *arguments: str, shell: dict[str, str]) -> None:
        self.url = f"http://localhost:{port}/"
        self.output = folder.with_suffix(".log")
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                ["bin/demo", "--port", str(port), "--data", str(folder), *arguments],
                env=environment(**shell),
                cwd=ROOT,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def wait_until_it_greets(self) -> None:
        end = time.monotonic() + 120  # a machine may be busy
        while "Ctrl-C ends it" not in self.said and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.1)
        assert "Ctrl-C ends it" in self.said, self.said

    def ended(self) -> int:
        return self.process.wait(30)

    @property
    def said(self) -> str:
        return self.output.read_text()

    @property
    def members(self) -> list[int]:
        """Every process it is made of."""
        return family(self.process.pid)


@contextmanager
def demo(folder: Path, port: int, *arguments: str, shell: dict[str, str] | None = None) -> Iterator[Demo]:
    """``shell``: what else it says in its environment."""
    started = Demo(folder, port, *arguments, shell=shell or {})
    try:
        yield started
    finally:
        if started.process.poll() is None:
            os.killpg(started.process.pid, signal.SIGKILL)
            started.process.wait()


def survivors(members: list[int]) -> list[int]:
    """Those that still run a few seconds later."""
    end = time.monotonic() + 5
    while any(family(pid) for pid in members) and time.monotonic() < end:
        time.sleep(0.05)
    return [pid for pid in members if family(pid)]


def test_demo_begins_anew_keeps_its_data_and_ends_with_all_its_children(tmp_path: Path) -> None:
    """The first time in production's shell, of which it heeds nothing."""
    folder, port = tmp_path / "my data", free_port()
    folder.mkdir()
    (folder / "attesta.env").write_text("ATTESTA_MODE=demonstration\n")
    (folder / "of-an-older-one").touch()
    with demo(folder, port, "--fresh", shell=production(tmp_path)) as first:
        first.wait_until_it_greets()
        assert not (folder / "of-an-older-one").exists()
        for account in ("zoe@example.org", "alex@example.org", "registrar@example.org", "attesta-demo-2026"):
            assert account in first.said
        assert f'bin/attesta --data "{folder}" help' in first.said
        assert httpx.get(first.url, follow_redirects=True).status_code == 200
        ends_whole(first, lambda: os.killpg(first.process.pid, signal.SIGINT), 0)  # as Ctrl-C does

    assert sorted(path.name for path in tmp_path.iterdir()) == ["my data", "my data.log"]
    settings = (folder / "attesta.env").read_text()
    (folder / "kept").touch()
    with demo(folder, port) as second:
        second.wait_until_it_greets()
        assert ((folder / "attesta.env").read_text(), (folder / "kept").exists()) == (settings, True)
        ends_whole(second, second.process.terminate, 0)  # a supervisor tells the script alone

    with demo(folder, port) as third:
        third.wait_until_it_greets()
        server = next(pid for pid in third.members if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes())
        ends_whole(third, lambda: os.kill(server, signal.SIGKILL), 1)
        assert "has ended by itself" in third.said

    with demo(folder, port) as fourth:
        fourth.wait_until_it_greets()
        ends_whole(fourth, fourth.process.kill, -signal.SIGKILL)  # its children see it


def production(folder: Path) -> dict[str, str]:
    return {
        "ATTESTA_MODE": "production",
        "ATTESTA_DATABASE_URL": f"sqlite:///{folder}/production.sqlite3",
        "ATTESTA_VAULT_DIR": str(folder / "vault"),
        "ATTESTA_KEYS_DIR": str(folder / "keys"),
        "ATTESTA_STATIC_DIR": str(folder / "static"),
        "ATTESTA_SMTP_URL": "smtp://127.0.0.1:1",
        "ATTESTA_BASE_URL": "https://attesta.example",
    }


def ends_whole(started: Demo, end: Callable[[], None], status: int) -> None:
    """After ``end`` the script ends with ``status`` and nothing of it is left."""
    members = started.members
    end()
    assert started.ended() == status
    assert survivors(members) == []


def test_demo_names_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with demo(tmp_path / "data", port) as started:
            assert started.ended() == 1
            assert started.said == f"Port {port} is taken. Choose another: bin/demo --port {port + 1}\n"


@pytest.mark.parametrize("port", [0, 65536])
def test_demo_says_how_it_is_called_when_a_port_is_none(tmp_path: Path, port: int) -> None:
    with demo(tmp_path / "data", port) as started:
        assert (started.ended(), started.said) == (2, "usage: bin/demo [--port PORT] [--data DIR] [--fresh]\n")


@pytest.mark.parametrize("arguments", [(), ("--fresh",)])
def test_demo_leaves_a_folder_alone_that_is_not_its_own(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter-1").write_text("precious")
    with demo(folder, free_port(), *arguments) as started:
        assert started.ended() == 1
        assert "holds something else than an Attesta demonstration: nothing was changed." in started.said
    assert [file.name for file in folder.iterdir()] == ["chapter-1"]


def test_commands_name_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bin/attesta", "--data", str(tmp_path / "nowhere"), "work"],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"{tmp_path}/nowhere is not an Attesta data folder" in done.stderr
