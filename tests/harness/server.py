"""The real product as processes: server, worker, their own data folder and port. For tests and benchmarks.

    with RunningServer(worker=True, smtp="smtp://127.0.0.1:2525") as product:
        httpx.get(product.url("/livez"))

The database is SQLite in the folder, or a fresh one on the PostgreSQL that ``ATTESTA_DATABASE_URL`` names.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.harness import templates
from tests.harness.interpreter import Interpreter
from tests.harness.templates import ROOT

PATIENCE = 60.0  # seconds
ENDS = 40.0  # seconds: half a minute for what is being answered (serving.SERVER), and for a worker killed after it
PASSWORD = "attesta-demo-2026"


class RunningServer:
    """Started on entering, killed with its folder and database on leaving. ``kill`` and ``start`` may alternate."""

    def __init__(
        self,
        *,
        mode: str = "test",
        worker: bool = False,
        smtp: str = "",
        workers: int = 1,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.mode, self.with_worker, self.workers = mode, worker, workers
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix="attesta-run-"))
        self.database = templates.copy(mode, self.folder)
        self.environment = templates.environment(
            ATTESTA_MODE=mode,
            ATTESTA_DATA_DIR=str(self.folder),
            ATTESTA_BASE_URL=self.origin,
            ATTESTA_DATABASE_URL=self.database,
            ATTESTA_SMTP_URL=smtp,
            **(environment or {}),
        )
        self.interpreter = Interpreter(self.folder / "interpreter.log")
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.kill()
        self.interpreter.close()
        templates.drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start what does not run; returns once the server answers."""
        if self.with_worker:
            self.start_worker()
        self.start_server()

    def start_server(self) -> None:
        if self.server is not None:
            return
        self.server = self._spawn(
            *(sys.executable, "-m", "attesta.config.serving", "serve"),
            *("--port", str(self.port), "--workers", str(self.workers), "--log-level", "warning"),
            log="server.log",
        )
        self._wait()

    def start_worker(self) -> None:
        if self.worker is None:
            self.worker = self._spawn(sys.executable, "manage.py", "work", log="worker.log")

    def stop(self) -> None:
        """SIGTERM, as an operator would; waits for both to end."""
        for process in filter(None, [self.server, self.worker]):
            process.terminate()
        for process in filter(None, [self.server, self.worker]):
            process.wait(ENDS)
        self.kill()

    def kill(self) -> None:
        """SIGKILL for server and worker and all their children."""
        self.kill_server()
        self.kill_worker()

    def kill_server(self) -> None:
        kill_group(self.server)
        self.server = None

    def kill_worker(self) -> None:
        kill_group(self.worker)
        self.worker = None

    def url(self, path: str = "/") -> str:
        return self.origin + path

    def manage(self, *arguments: str, check: bool = True) -> str:
        """A management command on this folder; what it printed. Raises AssertionError with its errors when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not check, f"{arguments[0]} failed:\n{done.stdout}{done.stderr}"
        return done.stdout if check else done.stdout + done.stderr

    def shell(self, code: str) -> str:
        """Python in a process of the product, a new one each time; what it printed."""
        return self.interpreter.run(code, self.environment)

    @property
    def log(self) -> str:
        """Everything server and worker have written."""
        return "".join(file.read_text(errors="replace") for file in sorted(self.folder.glob("*.log")))

    @property
    def resident_bytes(self) -> int:
        """Memory of server, worker and their children (RSS)."""
        return sum(
            resident_bytes(pid) for process in filter(None, [self.server, self.worker]) for pid in family(process.pid)
        )

    def _spawn(self, *command: str, log: str) -> subprocess.Popen[bytes]:
        """A session of its own, so that one signal reaches all its children."""
        with (self.folder / log).open("ab") as out:
            return subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
            )

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        with httpx.Client(timeout=5) as probe:  # one for all tries: making a client costs more than asking
            while self.server and self.server.poll() is None and time.monotonic() < end:
                with contextlib.suppress(httpx.TransportError):
                    if probe.get(self.url("/livez")).is_success:
                        return
                time.sleep(0.05)
        raise RuntimeError(f"The server did not start:\n{self.log}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kill_group(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def family(pid: int) -> list[int]:
    """The process and its descendants, from /proc; nobody once it has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    if state == "Z":
        return []
    return [pid] + [member for child in children for member in family(int(child))]


def resident_bytes(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except FileNotFoundError:
        return 0
    return pages * os.sysconf("SC_PAGESIZE")
