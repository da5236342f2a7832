"""A time-stamp service (RFC 3161) over HTTP on loopback, as institutions buy one.

with stamping(by_stamper(authority.stamper(clock))) as service:
    RemoteStamper(service.url).stamp(digest)
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import cms, tsp

from attesta.seals import der
from attesta.seals.pki import FileMaterial
from attesta.seals.timestamps import LocalStamper

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
CONFIGURATION = """
[tsa]
default_tsa = service
[service]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the wire. ``slowly``: one byte each so many seconds."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": REPLY})
    slowly: float = 0


@dataclass(frozen=True, slots=True)
class Service:
    url: str
    queries: list[bytes]


type Answering = Callable[[bytes], Answer]


@contextmanager
def stamping(answering: Answering) -> Iterator[Service]:
    """Answers each query as ``answering`` says, until the end of the block."""
    queries: list[bytes] = []
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == QUERY
            queries.append(query)
            _send(self, answering(query), over)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    try:
        yield Service(f"http://127.0.0.1:{server.server_port}/tsa", queries)
    finally:
        over.set()
        server.shutdown()
        serving.join()
        server.server_close()


def by_stamper(stamper: LocalStamper) -> Answering:
    """Our own authority behind the wire."""

    def answer(query: bytes) -> Answer:
        asked = tsp.TimeStampReq.load(query, strict=True)
        assert asked["version"].native == "v1"
        assert asked["cert_req"].native is True
        token = stamper.stamp(asked["message_imprint"]["hashed_message"].native, nonce=asked["nonce"].native)
        return Answer(granted(token))

    return answer


def by_openssl(folder: Path, material: FileMaterial) -> Answering:
    """OpenSSL's authority, with a key and certificate that may stamp."""
    (folder / "tsa.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01\n")
    (folder / "tsa.key").write_bytes(material.key_pem)
    (folder / "tsa.pem").write_bytes(material.chain_pem)

    def answer(query: bytes) -> Answer:
        (folder / "query").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query"]
        own = ["-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "reply"]
        subprocess.run([*command, *own], cwd=folder, check=True, capture_output=True)
        return Answer((folder / "reply").read_bytes())

    return answer


def granted(token: bytes) -> bytes:
    reply = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)})
    return bytes(reply.dump())


def rejected() -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "status_string": ["No."], "fail_info": {"system_failure"}})
    return der.sequence(status.dump())


def _send(handler: BaseHTTPRequestHandler, answer: Answer, over: threading.Event) -> None:
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    try:
        if not answer.slowly:
            handler.wfile.write(answer.body)
            return
        for byte in answer.body:
            handler.wfile.write(bytes([byte]))
            if over.wait(answer.slowly):
                return
    except (BrokenPipeError, ConnectionResetError):  # who asked went away
        return
