"""Runs alone in a process of its own: reads an untrusted PDF from stdin, answers on stdout, touches no disk.

``check`` answers one JSON line: ``{"pages": 3}`` or ``{"refusal": "encrypted"}``.
``render 1 2 7`` answers, for each page named, one JSON line and then the WebP and the UTF-8 text it announces.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2

Document: Any = pypdfium2.PdfDocument  # comes without types

MEMORY = 256 * 1024 * 1024
CPU_SECONDS = {"check": 10, "render": 30}
MAX_PAGES = 500
MAX_POINTS = 14_400  # 200 inches, the format's own limit
MAX_RATIO = 5  # a page that long or that wide is no page
WIDTH = 1200
TRIED_PAGES = 3


def main(verb: str, *numbers: str) -> None:
    confine(CPU_SECONDS[verb])
    data = sys.stdin.buffer.read()
    if verb == "check":
        answer({"refusal": refusal} if (refusal := problem(data)) else {"pages": len(Document(data))})
    else:
        render(data, [int(number) for number in numbers])


def confine(seconds: int) -> None:
    """No file may be written, no core dumped; memory and processor time are counted."""
    for kind, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


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
    for number in range(min(count, TRIED_PAGES)):
        picture(document[number], width=100)
    return None


def render(data: bytes, numbers: list[int]) -> None:
    document = Document(data)
    document.init_forms()
    for number in numbers:
        page = document[number - 1]
        image, width, height = picture(page, width=WIDTH)
        text = page.get_textpage().get_text_bounded().encode("utf-8", "replace")
        answer({"number": number, "width": width, "height": height, "image": len(image), "text": len(text)})
        sys.stdout.buffer.write(image + text)
        page.close()


def picture(page: Any, *, width: int) -> tuple[bytes, int, int]:
    """WebP bytes, width and height in pixels."""
    image = page.render(scale=width / page.get_width()).to_pil()
    out = BytesIO()
    image.save(out, "WEBP", quality=80, method=4)
    return out.getvalue(), image.width, image.height


def answer(facts: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.stdout.buffer.flush()
