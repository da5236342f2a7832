"""Data folders made once (migrated; seeded in demonstration mode) and copied for every server that starts."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[2]


def environment(**values: str) -> dict[str, str]:
    """Ours without its ``ATTESTA_*``, plus ``values``."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ATTESTA_")}
    return inherited | {"PYTHONPATH": str(ROOT)} | {name: value for name, value in values.items() if value}


def copy(mode: str, folder: Path) -> str:
    """Fill ``folder`` as a data folder of ``mode``; the address of its own database ("" is SQLite in the folder)."""
    server = os.environ.get("ATTESTA_DATABASE_URL", "")
    template = prepared(mode, server)
    shutil.copytree(template, folder, dirs_exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    return create_database(server, like=template_name(mode)) if is_postgres(server) else ""


@contextlib.contextmanager
def migrated(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Django's ``connection`` is to a database of its own, as migrations leave one: no process migrates again."""
    server = os.environ.get("ATTESTA_DATABASE_URL", "")
    template = prepared("test", server)
    connection.close()
    if is_postgres(server):
        made = create_database(server, like=template_name("test"))
        connection.settings_dict["NAME"] = database_name(made)
        yield
        connection.close()
        drop(made)
    else:
        connection.settings_dict["NAME"] = "file:attesta?mode=memory&cache=shared"
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(template / "attesta.sqlite3")) as source:
            source.backup(connection.connection)
        yield


@functools.cache
def prepared(mode: str, server: str) -> Path:
    """Made by whichever process comes first; the others wait for it."""
    shelf = shared_shelf()
    folder = shelf / f"{mode}-{sha256(server.encode()).hexdigest()[:12]}"
    with (shelf / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            prepare(mode, server, shelf / "unfinished").rename(folder)
    return folder


def shared_shelf() -> Path:
    """Where all processes of one test run keep their templates."""
    if found := os.environ.get("TEST_TEMPLATES"):
        return Path(found)
    made = tempfile.mkdtemp(prefix="attesta-templates-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    os.environ["TEST_TEMPLATES"] = made
    return Path(made)


def prepare(mode: str, server: str, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    database = ""
    if is_postgres(server):
        drop(address(server, template_name(mode)))
        database = create_database(server, name=template_name(mode))
    values = environment(ATTESTA_MODE=mode, ATTESTA_DATA_DIR=str(folder), ATTESTA_DATABASE_URL=database)
    commands = [["prepare-demo"]] if mode == "demonstration" else [["create-keys"], ["migrate", "-v0"]]
    for command in commands:
        done = subprocess.run(
            [sys.executable, "manage.py", *command], env=values, cwd=ROOT, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout}{done.stderr}"
    return folder


def is_postgres(address: str) -> bool:
    return address.startswith("postgres")


def template_name(mode: str) -> str:
    return f"template_{mode}"


def create_database(server: str, *, name: str = "", like: str = "template1") -> str:
    """A new database beside the one that ``server`` names; its address."""
    name = name or f"run_{secrets.token_hex(6)}"
    with psycopg.connect(address(server, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return address(server, name)


def drop(database: str) -> None:
    if database:
        with psycopg.connect(address(database, "postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database_name(database)}" WITH (FORCE)')


def database_name(address: str) -> str:
    return address.split("?", maxsplit=1)[0].rsplit("/", 1)[1]


def address(server: str, name: str) -> str:
    """``server`` with another database's name."""
    front, _, query = server.partition("?")
    return f"{front.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
