"""Python of the product, started once a server: each piece of code runs in a fork of it, as fresh as a process.

What forks has read the settings and loaded the apps and whatever modules a piece of code names; it has opened neither
connection nor reader of files. A piece of code has its own end: what it registered to be done at exit is done.
"""

from __future__ import annotations

import ast
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[2]


class Interpreter:
    """Started at the first ``run``, and anew when the environment is another. Threads ask in turn."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._environment: dict[str, str] = {}
        self._lock = threading.Lock()

    def run(self, code: str, environment: dict[str, str]) -> str:
        """What the code printed. Raises AssertionError with its errors when it fails."""
        with self._lock:
            process = self._started(environment)
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(code).encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        assert answer, f"The interpreter has ended:\n{self.log.read_text()}"
        status, out, errors = json.loads(answer)
        assert status == 0, f"The code failed:\n{out}{errors}"
        return str(out)

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        if self._process is None or self._environment != environment:
            self.close()
            self._environment = dict(environment)
            with self.log.open("ab") as errors:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tests.harness.interpreter"],
                    env=environment | {"DJANGO_SETTINGS_MODULE": "attesta.config.settings"},
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    start_new_session=True,
                )
        return self._process


def serve() -> None:
    """Answer until the caller ends. A fork returns from here when its code is done."""
    import django  # noqa: PLC0415 - not in the caller

    django.setup()
    while request := sys.stdin.buffer.readline():
        code = json.loads(request)
        load(code)
        gc.freeze()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            child = os.fork()
            if child == 0:
                redirect(out, errors)
                exec(code, {"__name__": "__main__"})
                return
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            answer = [status, written(out), written(errors)]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def load(code: str) -> None:
    """What it imports first is imported here, once for all forks; where that fails, the fork says so."""
    with suppress(SyntaxError, ImportError):
        imports: list[ast.stmt] = [
            part for part in ast.parse(code).body if isinstance(part, ast.Import | ast.ImportFrom)
        ]
        exec(compile(ast.Module(imports, []), "<imports>", "exec"), {})


def redirect(out: BinaryIO, errors: BinaryIO) -> None:
    """Neither requests nor answers are the code's own."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, place in ((nothing, 0), (out.fileno(), 1), (errors.fileno(), 2)):
        os.dup2(source, place)


def written(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode()


if __name__ == "__main__":
    serve()
