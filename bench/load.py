"""A lean load generator: kept connections, raw requests, a bounded number of them. Loopback only."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Result:
    """Requests a second; latencies in milliseconds; how many answers had each status."""

    rate: float
    median: float
    p99: float
    statuses: dict[int, int]

    def __str__(self) -> str:
        return f"{self.rate:7.0f}/s  median {self.median:6.1f} ms  p99 {self.p99:6.1f} ms  {self.statuses}"


@dataclass(frozen=True, slots=True)
class Sample:
    """How long a run took, and of each answer its status and its milliseconds."""

    seconds: float
    answers: list[tuple[int, float]]


Request = Callable[[int], bytes]


def alternate(
    port: int, requests: Mapping[str, tuple[Request, int]], *, rounds: int, connections: int = CONNECTIONS
) -> dict[str, Result]:
    """Several kinds of requests in turns, a slice of each a round: what else the machine does hits all alike."""
    parts: dict[str, list[Sample]] = {name: [] for name in requests}
    for number in range(rounds + 1):
        for name, (request, total) in requests.items():
            sample = asyncio.run(_sample(port, request, max(total // rounds, connections), connections))
            if number:  # the first round only warms up
                parts[name].append(sample)
    return {name: _result(samples) for name, samples in parts.items()}


def run(port: int, request: Request, *, total: int, connections: int = CONNECTIONS) -> Result:
    """Send ``total`` requests, ``request(n)`` being the n-th, over ``connections`` connections at once."""
    return _result([asyncio.run(_sample(port, request, total, connections))])


def get(path: str, **headers: str) -> bytes:
    return _message("GET", path, b"", headers)


def post(path: str, body: bytes, **headers: str) -> bytes:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return _message("POST", path, body, kind | headers)


def _message(method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
    common = {"Host": "localhost", "User-Agent": "Mozilla/5.0 Firefox/140.0", "Accept-Language": "fr-CA"}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in (common | headers).items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _sample(port: int, request: Request, total: int, connections: int) -> Sample:
    numbers = iter(range(total))
    begin = time.perf_counter()
    parts = await asyncio.gather(*(_connection(port, request, numbers) for _ in range(connections)))
    return Sample(time.perf_counter() - begin, [answer for part in parts for answer in part])


def _result(samples: list[Sample]) -> Result:
    answers = [answer for sample in samples for answer in sample.answers]
    times = sorted(milliseconds for _, milliseconds in answers)
    statuses: dict[int, int] = {}
    for status, _ in answers:
        statuses[status] = statuses.get(status, 0) + 1
    rate = len(answers) / sum(sample.seconds for sample in samples)
    return Result(rate, times[len(times) // 2], times[int(len(times) * 0.99)], statuses)


async def _connection(port: int, request: Request, numbers: Iterator[int]) -> list[tuple[int, float]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for number in numbers:
        begin = time.perf_counter()
        writer.write(request(number))
        status, close = await _answer(reader)
        answers.append((status, (time.perf_counter() - begin) * 1000))
        if close:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return answers


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    _, _, after = head.partition(b"content-length:")
    if after:
        await reader.readexactly(int(after.split(b"\r\n", 1)[0]))
    elif b"transfer-encoding: chunked" in head:
        while int((await reader.readline()).strip() or b"0", 16):
            await reader.readuntil(b"\r\n")
    return status, b"connection: close" in head
