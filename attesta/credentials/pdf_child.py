"""A program of its own that reads untrusted PDFs: each in a forked process with bounded time and memory.

Requests come on stdin: one JSON line ``{"verb": …, "numbers": […], "size": …}``, then ``size`` bytes of PDF.
Each gets one JSON line ``{"done": …, "size": …}`` on stdout, then that many bytes:

* ``check``: one JSON line, ``{"pages": 3}`` or ``{"refusal": "encrypted"}``
* ``render``: for each page of ``numbers`` one JSON line, then the WebP and the UTF-8 text that it announces

It imports nothing of ours, touches no disk, and ends with its caller or after a while without work.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import time
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
import pypdfium2
from PIL import WebPImagePlugin

Document: Any = pypdfium2.PdfDocument  # comes without types

IDLE_SECONDS = 30
MEMORY = 256 * 1024 * 1024
CHECK_SECONDS = 10  # of processor time
TRYING_SECONDS = 3  # of these, for drawing pages to see whether they can be
PAGE_SECONDS = 5
PATIENCE = 2  # times the processor seconds, by the clock on the wall
MAX_PAGES = 500
MAX_POINTS = 14_400  # 200 inches, the format's own limit
MAX_RATIO = 5  # a page that long or that wide is no page
WIDTH = 1200


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while select.select([0], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.buffer.readline()):
        request = json.loads(line)
        found = apart(request["verb"], request["numbers"], sys.stdin.buffer.read(request["size"]))
        answer(sys.stdout.buffer, {"done": found is not None, "size": len(found or b"")})
        sys.stdout.buffer.write(found or b"")
        sys.stdout.buffer.flush()


def apart(verb: str, numbers: list[int], data: bytes) -> bytes | None:
    """What a forked process finds; None when it crashed or went over its bounds."""
    seconds = CHECK_SECONDS + PAGE_SECONDS * len(numbers)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        for inherited in (0, 1, read_end):  # neither requests nor answers are its own
            os.close(inherited)
        work(verb, numbers, data, write_end, seconds)
    os.close(write_end)
    found = read_all(read_end, time.monotonic() + seconds * PATIENCE)
    if found is None:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return found if status == 0 else None


def work(verb: str, numbers: list[int], data: bytes, out: int, seconds: int) -> None:
    """In the forked process, which ends here whatever happens."""
    status = 1
    try:
        confine(seconds)
        with os.fdopen(out, "wb") as file:
            check(data, file) if verb == "check" else render(data, numbers, file)
        status = 0
    finally:
        os._exit(status)


def confine(seconds: int) -> None:
    """No file may be written, no core dumped; memory and processor time are counted."""
    for kind, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def read_all(source: int, deadline: float) -> bytes | None:
    """Everything until the other end closes; None when time is up."""
    parts: list[bytes] = []
    with os.fdopen(source, "rb", buffering=0) as file:
        while select.select([file], [], [], max(0.0, deadline - time.monotonic()))[0]:
            part = file.read(1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def check(data: bytes, out: BinaryIO) -> None:
    refusal = problem(data)
    answer(out, {"refusal": refusal} if refusal else {"pages": len(Document(data))})


def problem(data: bytes) -> str | None:
    """The refusal's code, or None for a sound PDF."""
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                return "encrypted"
            if claimed_pages(document) > MAX_PAGES or len(document.pages) > MAX_PAGES:
                return "too-many-pages"
            count = len(document.pages)
        return page_problem(data, count)
    except pikepdf.PasswordError:
        return "encrypted"
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, TypeError, AttributeError, KeyError):
        return "damaged"


def claimed_pages(document: pikepdf.Pdf) -> int:
    """Asked before the tree is walked: ten thousand pages are refused without counting them."""
    return int(document.Root.Pages.get("/Count", 0))


def page_problem(data: bytes, count: int) -> str | None:
    document = Document(data)
    if count == 0 or len(document) != count:
        return "damaged"
    for number in range(count):
        width, height = document.get_page_size(number)
        if not (0 < width <= MAX_POINTS and 0 < height <= MAX_POINTS and 1 / MAX_RATIO <= height / width <= MAX_RATIO):
            return "page-too-large"
    for number in range(count):
        if time.process_time() < TRYING_SECONDS:
            document[number].render(scale=0.2)
    return None


def render(data: bytes, numbers: list[int], out: BinaryIO) -> None:
    document = Document(data)
    document.init_forms()
    for number in numbers:
        page = document[number - 1]
        image, width, height = picture(page)
        text = page.get_textpage().get_text_bounded().encode("utf-8", "replace")
        answer(out, {"number": number, "width": width, "height": height, "image": len(image), "text": len(text)})
        out.write(image + text)
        page.close()


def picture(page: Any) -> tuple[bytes, int, int]:
    """WebP bytes, width and height in pixels."""
    image = page.render(scale=WIDTH / page.get_width()).to_pil()
    out = BytesIO()
    image.save(out, WebPImagePlugin.WebPImageFile.format, quality=80, method=4)
    return out.getvalue(), image.width, image.height


def answer(out: BinaryIO, facts: dict[str, Any]) -> None:
    out.write(json.dumps(facts).encode() + b"\n")


if __name__ == "__main__":
    main()
