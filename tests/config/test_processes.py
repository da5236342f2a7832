"""The product as processes: it serves, it is killed, it comes back with what it had."""

from __future__ import annotations

import socket

import httpx
import pytest
from django.core.management import CommandError, call_command

from tests.harness.server import RunningServer, family


def test_server_survives_kill_and_keeps_its_data() -> None:
    with RunningServer(worker=True, workers=2) as product:
        assert httpx.get(product.url("/livez")).text == "ok\n"
        assert httpx.get(product.url("/readyz")).text == "ok\n"
        product.shell("from tests.harness import cast; cast.zoe()")
        product.kill()
        product.start()
        kept = product.shell("from attesta.accounts.models import Person; print(Person.objects.get().email)")
        assert kept == "zoe@example.org\n"
        with pytest.raises(AssertionError, match="ZeroDivisionError"):
            product.shell("print(1 / 0)")


def test_sigterm_ends_server_and_worker_cleanly() -> None:
    with RunningServer(worker=True, workers=2) as product:
        assert product.server
        assert product.worker
        processes = [product.server, product.worker]
        members = [pid for process in processes for pid in family(process.pid)]
        assert len(members) >= 4
        product.stop()
        assert [process.returncode for process in processes] == [0, 0]
        assert [pid for pid in members if family(pid)] == []


def test_serve_leaves_a_port_to_the_server_that_has_it() -> None:
    """Both would answer in turn, perhaps on data of different folders."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the server itself does
        other.bind(("127.0.0.1", 0))
        other.listen()
        for port in (other.getsockname()[1], 0, 65536):
            with pytest.raises(CommandError, match=f"port {port}, or"):
                call_command("serve", "--port", str(port))
