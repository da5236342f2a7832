"""Speed of shares: ratios from one run, on a real server with 16 connections, on SQLite and on PostgreSQL.

    python -m bench.shares [--short] [--database sqlite|postgresql]

*bare* is a view that looks a row up by token and renders a template; *naive* does the same with an ORM insert and
update in one transaction. A --short run only shows that everything answers: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from bench import databases, load
from bench.load import Request
from tests.harness.server import RunningServer

SECRET = "c" * 32  # a CSRF cookie and its twin in the form


@dataclass(frozen=True, slots=True)
class Size:
    requests: int
    opens: int
    pages: int
    shares: int
    lines: int
    rounds: int


FULL = Size(requests=4000, opens=10_000, pages=120, shares=10_000, lines=1_000_000, rounds=10)
SHORT = Size(requests=64, opens=64, pages=4, shares=60, lines=300, rounds=2)
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "bench.settings"}
AIMS = {
    "cover / bare": ">= 0.6",
    "open / naive": ">= 1.5",
    "page image / bare": ">= 0.5",
    "list of 10,000 / list of 20": "<= 1.3 (time)",
    "activity of 1,000,000, first page / of 20": "<= 1.3 (time)",
    "activity of 1,000,000, last page / of 20": "<= 1.3 (time)",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    for database in options.database or ["sqlite", "postgresql"]:
        with databases.using(database):
            _tell(database, SHORT if options.short else FULL)


def _tell(database: str, size: Size) -> None:
    print(f"\n{database}: {size.shares} shares, {size.lines} lines, {load.CONNECTIONS} connections")
    with RunningServer(worker=True, workers=2, environment=ENVIRONMENT) as product:
        ratios = measure(product, size)
        print(f"  resident memory of server and worker after {size.opens} opens: {product.resident_bytes / 1e6:.0f} MB")
    for name, ratio in ratios.items():
        print(f"  {name:45} {ratio:5.2f}   aim {AIMS[name]}")


def measure(product: RunningServer, size: Size) -> dict[str, float]:
    """The ratios by their names in ``AIMS``. ``product``: with ``ENVIRONMENT``, two workers and an empty database."""
    facts = json.loads(_furnish(product, size).splitlines()[-1])
    return _throughput(product, facts, size) | _lists(product, facts, size)


def _furnish(product: RunningServer, size: Size) -> str:
    return product.shell(f"from bench.furniture import fill\nfill(many_shares={size.shares}, many_lines={size.lines})")


def _throughput(product: RunningServer, facts: dict[str, Any], size: Size) -> dict[str, float]:
    token, opened = facts["token"], facts["open_token"]
    visit, cookie = _visit(product, token)
    requests: dict[str, tuple[Request, int]] = {
        "bare": (lambda n: load.get(f"/bench/bare/{token}"), size.requests),
        "cover": (lambda n: load.get(f"/s/{token}", Cookie="device=" + "d" * 22), size.requests),
        "page image": (
            lambda n: load.get(f"{visit}documents/{facts['document']}/pages/1", Cookie=f"visit={cookie}"),
            size.requests,
        ),
        "naive": (lambda n: _post(f"/bench/naive/{opened}"), size.requests),
        "open": (lambda n: _post(f"/s/{opened}"), size.opens),
    }
    results = load.alternate(product.port, requests, rounds=size.rounds)
    for name, result in results.items():
        assert set(result.statuses) <= {200, 303}, (name, result.statuses)
        print(f"  {name:12} {result}")
    return {
        "cover / bare": results["cover"].rate / results["bare"].rate,
        "open / naive": results["open"].rate / results["naive"].rate,
        "page image / bare": results["page image"].rate / results["bare"].rate,
    }


def _post(path: str) -> bytes:
    """A POST from a browser never seen before, with its CSRF cookie and field."""
    cookies = f"csrftoken={SECRET}; device={secrets.token_urlsafe(16)}"
    return load.post(path, f"csrfmiddlewaretoken={SECRET}".encode(), Cookie=cookies)


def _visit(product: RunningServer, token: str) -> tuple[str, str]:
    """One visit: its path and its cookie."""
    answer = httpx.post(
        product.url(f"/s/{token}"),
        data={"csrfmiddlewaretoken": SECRET},
        cookies={"csrftoken": SECRET, "device": "d" * 22},
        headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"},
    )
    assert answer.status_code == 303, answer.status_code
    return answer.headers["Location"], answer.cookies["visit"]


def _lists(product: RunningServer, facts: dict[str, Any], size: Size) -> dict[str, float]:
    def page(path: str, person: str) -> tuple[Request, int]:
        request = load.get(path, Cookie=f"sessionid={facts[person]}")
        return lambda number: request, size.pages

    busy, quiet = f"/shares/{facts['busy_share']}/", f"/shares/{facts['quiet_share']}/"
    requests = {
        "list of 20": page("/shares/", "alex"),
        "list of 10,000": page("/shares/", "zoe"),
        "activity of 20": page(quiet, "alex"),
        "activity of 1,000,000, first page": page(busy, "zoe"),
        "activity of 1,000,000, last page": page(f"{busy}?before={quote(facts['deep_line'])}", "zoe"),
    }
    results = load.alternate(product.port, requests, rounds=size.rounds, connections=1)
    for name, result in results.items():
        assert set(result.statuses) == {200}, (name, result.statuses)
        print(f"  {name:34} median {result.median:6.1f} ms")
    times = {name: result.median for name, result in results.items()}
    return {
        "list of 10,000 / list of 20": times["list of 10,000"] / times["list of 20"],
        "activity of 1,000,000, first page / of 20": times["activity of 1,000,000, first page"]
        / times["activity of 20"],
        "activity of 1,000,000, last page / of 20": times["activity of 1,000,000, last page"] / times["activity of 20"],
    }


if __name__ == "__main__":
    main()
