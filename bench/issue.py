"""Speed of issuing and of verifying, in processes of the product with a data folder of their own.

    python -m bench.issue [--short] [--database sqlite|postgresql]

Documents are composed, sealed (B-LT, time-stamped in the process), encrypted, on the disk and in the database. Ratios
come from one run: two workers against one; a foreign file's check against our own look-up. A --short run only shows
that everything answers: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness import templates
from tests.harness.postgres import private_postgres
from tests.harness.templates import ROOT


@dataclass(frozen=True, slots=True)
class Size:
    diplomas: int
    transcripts: int
    steady: int
    looks: int


FULL = Size(diplomas=400, transcripts=80, steady=20_000, looks=200)
SHORT = Size(diplomas=4, transcripts=2, steady=0, looks=5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    size = SHORT if options.short else FULL
    subprocess.run(
        [sys.executable, "-m", "bench.sealing", *(["--short"] if options.short else [])], cwd=ROOT, check=True
    )
    for database in options.database or ["sqlite", "postgresql"]:
        with product(database) as environment:
            _measure(database, environment, size)


@contextlib.contextmanager
def product(database: str) -> Iterator[Mapping[str, str]]:
    """The environment of processes that share one fresh data folder."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(private_postgres(durable=True)) if database == "postgresql" else ""
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attesta-bench-")))
        os.environ["ATTESTA_DATABASE_URL"] = server
        try:
            address = templates.copy("test", folder)
            yield templates.environment(ATTESTA_MODE="test", ATTESTA_DATA_DIR=str(folder), ATTESTA_DATABASE_URL=address)
            templates.drop(address)
        finally:
            del os.environ["ATTESTA_DATABASE_URL"]


def _measure(database: str, environment: Mapping[str, str], size: Size) -> None:
    print(f"\n{database}")
    _run(environment, [{"act": "prepare"}])
    for kind, total, aim in (("diploma", size.diplomas, 60), ("transcript", size.transcripts, 12)):
        one = _rate(environment, kind, total, workers=1)
        two = _rate(environment, kind, total, workers=2)
        print(f"  {kind}s, one worker      {one:7.1f} a second")
        print(f"  {kind}s, two workers     {two:7.1f} a second   aim >= {aim}")
        print(f"  {kind}s, two against one {two / one:7.2f}            aim >= 1.7")
    looks = _run(environment, [{"act": "verify", "looks": size.looks}])[0]
    print(f"  our own document         {looks['own']:7.2f} ms         aim <= 1")
    print(f"  a foreign sealed one     {looks['foreign']:7.1f} ms         aim <= 60")
    if size.steady:
        _steady(environment, size.steady)


def _rate(environment: Mapping[str, str], kind: str, total: int, *, workers: int) -> float:
    """Documents a second, from the first start to the last end; each worker is warm before."""
    request = {"act": "issue", "kind": kind, "total": total // workers, "workers": workers}
    told = _run(environment, [{**request, "number": number} for number in range(workers)])
    seconds = max(each["end"] for each in told) - min(each["begin"] for each in told)
    return float(sum(each["done"] for each in told) / seconds)


def _steady(environment: Mapping[str, str], total: int) -> None:
    told = _run(environment, [{"act": "steady", "total": total}])[0]
    for documents, own, mapped in told["told"]:
        print(f"  after {documents:6,} documents    {own:7.0f} MB of its own, {mapped:.0f} MB of files that it maps")


def _run(environment: Mapping[str, str], requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each request in a process of its own, all at once; what each printed last."""
    code = "import sys; from bench.issuing import act; act(sys.stdin.read())"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    processes = [
        subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in requests
    ]
    for process, request in zip(processes, requests, strict=True):
        assert process.stdin
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
        process.stdin = None
    answers = [process.communicate() for process in processes]
    for process, (_, errors) in zip(processes, answers, strict=True):
        assert process.returncode == 0, errors.decode()
    return [json.loads(out.decode().splitlines()[-1]) for out, _ in answers]


if __name__ == "__main__":
    main()
