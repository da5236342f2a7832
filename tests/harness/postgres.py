"""A private PostgreSQL for tests: own folder, own socket, no network, gone at the end.

``python -m tests.harness.postgres COMMAND …`` runs a command with ``ATTESTA_DATABASE_URL`` pointing at one.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

LOWEST = 15
PATIENCE = 30.0  # seconds
INITIAL = ["-U", "attesta", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@contextlib.contextmanager
def private_postgres(*, durable: bool = False) -> Iterator[str]:
    """Yields the address of an empty database. ``durable`` keeps fsync, for measuring and for pulling plugs."""
    folder = Path(tempfile.mkdtemp(prefix="attesta-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user_name())
    try:
        initialise(folder)
        server = start(folder, [] if durable else FAST)
        try:
            yield create_database(folder)
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def initialise(folder: Path) -> None:
    """Raises RuntimeError with what initdb said."""
    done = subprocess.run(
        [tools() / "initdb", "-D", folder / "data", *INITIAL],
        user=user_name() if os.geteuid() == 0 else None,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stdout}{done.stderr}")


def start(folder: Path, options: list[str]) -> subprocess.Popen[bytes]:
    """A child of ours, outside our terminal's reach: Ctrl-C is for us to handle."""
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", "max_connections=200", *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [tools() / "postgres", "-D", folder / "data", *(f"--{setting}" for setting in settings)],
            user=user_name() if os.geteuid() == 0 else None,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(socket_address(folder, "postgres")):
            return server
        time.sleep(0.05)
    stop(server)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Immediate: what it held is thrown away anyway."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def create_database(folder: Path) -> str:
    with psycopg.connect(socket_address(folder, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE attesta")
    return socket_address(folder, "attesta")


def socket_address(folder: Path, database: str) -> str:
    return f"postgres://attesta@/{database}?host={folder}"


def tools() -> Path:
    """The folder of the newest PostgreSQL here. Raises RuntimeError when there is none, with what to install."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if int(path.parent.name) >= LOWEST]
    if not found:
        raise RuntimeError(f"PostgreSQL {LOWEST} or newer is missing: apt-get install postgresql")
    return max(found, key=lambda path: int(path.parent.name))


def user_name() -> str:
    """PostgreSQL refuses to run as root."""
    return pwd.getpwnam("nobody").pw_name


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with private_postgres() as address:
        return subprocess.run(command, env=os.environ | {"ATTESTA_DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
