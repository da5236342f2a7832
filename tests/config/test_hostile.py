"""The server as a stranger or a tired operator meets it: nobody stops it, and no secret of its own leaves it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from attesta.config import serving
from tests.harness.server import PASSWORD, RunningServer
from tests.harness.templates import ROOT, environment

SECRET = "a-signing-key-that-stands-nowhere-else-0123456789"
GUARD = "c" * 32
THREADS = int(re.findall(r"--blocking-threads (\d+)", serving.SERVER)[0])
SLOW = (
    "POST /s/nothing HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: csrftoken={guard}\r\nContent-Length: 1000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\na="
)
PRODUCTION = {
    "ATTESTA_SECRET_KEY": "x" * 60,
    "ATTESTA_BASE_URL": "https://attesta.example.org",
    "ATTESTA_DATABASE_URL": "sqlite:////tmp/none.sqlite3",
    "ATTESTA_SMTP_URL": "smtp+tls://user:word@mail.example.org:587",
    "ATTESTA_MAIL_FROM": "Attesta <no-reply@example.org>",
    "ATTESTA_KEYS_DIR": "/tmp/none-keys",
    "ATTESTA_SEALS_FILE": "/tmp/none.toml",
}
SESSIONS = """
from importlib import import_module
from django.conf import settings
from django.contrib.sessions.models import Session
store = import_module(settings.SESSION_ENGINE).SessionStore()
print([store.decode(row.session_data) for row in Session.objects.all()])
"""


@pytest.fixture(scope="module")
def product() -> Iterator[RunningServer]:
    with RunningServer(workers=2, environment={"ATTESTA_SECRET_KEY": SECRET}) as running:
        yield running


def settings_of(expression: str, **values: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; print({expression})"],
        env=environment(DJANGO_SETTINGS_MODULE="attesta.config.settings", **values),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def guard_of(page: httpx.Response) -> dict[str, str]:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert found
    return {"csrfmiddlewaretoken": found[1]}


def test_a_few_requests_that_never_end_keep_nobody_else_waiting(product: RunningServer) -> None:
    """Fewer of them than one process has threads: whoever takes them all can still answer. A proxy stops the many."""
    slow = [socket.create_connection(("127.0.0.1", product.port)) for _ in range(THREADS - 1)]
    try:
        for line in slow:
            line.sendall(SLOW.format(port=product.port, guard=GUARD).encode())
        time.sleep(0.5)
        for _ in range(8):  # each a connection of its own, so that both processes are asked
            assert httpx.get(product.url("/livez"), timeout=20).text == "ok\n"
    finally:
        for line in slow:
            line.close()


def test_a_session_never_holds_the_server_s_own_environment(product: RunningServer) -> None:
    product.shell("from tests.harness import cast; cast.zoe()")
    with httpx.Client(base_url=product.origin, timeout=30) as browser:
        typed = {"login": "zoe@example.org", "password": PASSWORD}
        browser.post("/accounts/login/", data=typed | guard_of(browser.get("/accounts/login/")))
        typed = {"email": "zoe@travail.example", "action_add": "1"}
        answer = browser.post("/accounts/email/", data=typed | guard_of(browser.get("/accounts/email/")))
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert SECRET not in product.shell(SESSIONS)


def test_a_demonstration_s_leftovers_do_not_turn_production_into_one(tmp_path: Path) -> None:
    """Settings of production in the environment, ``attesta.env`` of an earlier ``bin/demo`` in the data folder."""
    (tmp_path / "attesta.env").write_text("ATTESTA_MODE=demonstration\nATTESTA_SECRET_KEY=public\n")
    done = settings_of("settings.DEMONSTRATION", ATTESTA_DATA_DIR=str(tmp_path), **PRODUCTION)
    assert done.returncode != 0 or done.stdout == "False\n", done.stdout


@pytest.mark.parametrize(
    ("variable", "setting"),
    [("ATTESTA_VAULT_DIR", "VAULT_DIR"), ("ATTESTA_KEYS_DIR", "KEYS_DIR"), ("ATTESTA_STATIC_DIR", "STATIC_ROOT")],
)
def test_a_demonstration_touches_no_folder_but_its_own(variable: str, setting: str, tmp_path: Path) -> None:
    """Its worker removes every file that its own database does not name: those of production, in production's vault."""
    own, others = tmp_path / "own", tmp_path / "others"
    values = {"ATTESTA_MODE": "demonstration", "ATTESTA_DATA_DIR": str(own), variable: str(others)}
    done = settings_of(f"settings.{setting}", **values)
    assert done.returncode != 0 or done.stdout.startswith(str(own)), done.stdout
