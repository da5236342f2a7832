"""Zoé's browser, over HTTP: she signs in, shares a document by e-mail, looks at the share and resends it."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable

import httpx

from tests.harness.server import PASSWORD, RunningServer

PATIENCE = 60.0  # seconds
PREPARE = """
from tests.harness import cast
zoe = cast.zoe()
print(cast.diploma(zoe, cast.institution()).pk)
"""


def prepare(product: RunningServer) -> str:
    """Zoé and her diploma; its id."""
    return product.shell(PREPARE).split()[-1]


class Browser:
    """Repeats what was not answered, as a person does who meets an error page."""

    def __init__(self, product: RunningServer, document: str) -> None:
        self.document = document
        self.client = httpx.Client(base_url=product.origin, timeout=20)
        self.page("/accounts/login/")
        answer = self.post("/accounts/login/", login="zoe@example.org", password=PASSWORD)
        assert answer.headers.get("Location") == "/documents/", answer.status_code

    def share(self, to: str) -> str:
        """Fill the form, review, confirm. Returns the key of the form once the product has acknowledged the share."""
        form = {"draft": str(uuid.uuid4()), "document": self.document, "channel": "email"}
        done = f"/shares/new/done/{form['draft']}/"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            fields = {"recipients": to, "name": f"Pour {to}", "language": "fr", "expiry": "none", "may_download": "on"}
            self.post("/shares/new/", **form, **fields)
            answer = self.post("/shares/new/", **form, act="share")
            assert answer.is_redirect, answer.status_code
            if answer.headers["Location"] == done:
                return form["draft"]
        raise AssertionError(f"never acknowledged: {to}")

    def page(self, path: str, language: str = "fr") -> str:
        self.client.cookies.set("language", language)
        answer = self.answered(lambda: self.client.get(path))
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def post(self, path: str, **form: str) -> httpx.Response:
        token = self.client.cookies["csrftoken"]
        return self.answered(lambda: self.client.post(path, data={"csrfmiddlewaretoken": token, **form}))

    def answered(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """The first answer that is none of a dying server."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = ask()
            except httpx.TransportError:
                time.sleep(0.02)
                continue
            if answer.status_code < 500:
                return answer
            time.sleep(0.02)
        raise AssertionError("no answer")


def shell_json(product: RunningServer, code: str) -> list[dict[str, object]]:
    """What ``code`` prints as JSON on its last line."""
    return list(json.loads(product.shell(code).splitlines()[-1]))
