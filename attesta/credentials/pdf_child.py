"""A program of its own that reads untrusted PDFs (see ``confined``).

* ``check``: one JSON line, ``{"pages": 3, "signed": false}`` or ``{"refusal": "encrypted"}``
* ``inspect``: the same check; then one JSON line that tells what ``seal`` would take out, ``{"pages", "removed"}``
* ``seal``: the same check; then the PDF without active content and with holes for its seal: one JSON line
  ``{"pages", "removed", "contents", "byte_range"}``, then the PDF
* ``renew``: a sealed PDF with newer evidence: one JSON line ``{"contents", "byte_range"}``, then the PDF
* ``render``: for each page of ``numbers`` one JSON line, then the WebP and the UTF-8 text that it announces
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
import pypdfium2
from PIL import Image, WebPImagePlugin

from attesta.credentials.confined import Facts, Work, answer, serve
from attesta.seals import cleaning, preparing, renewal
from attesta.seals.evidence import Evidence

Document: Any = pypdfium2.PdfDocument  # comes without types

CHECK_SECONDS = 10  # of processor time
TRYING_SECONDS = 3  # of these, for drawing pages to see whether they can be
PAGE_SECONDS = 5
MAX_PAGES = 500
MAX_POINTS = 14_400  # 200 inches, the format's own limit
MAX_RATIO = 5  # a page that long or that wide is no page
WIDTH = 1200


def check(data: bytes, facts: Facts, out: BinaryIO) -> None:
    refusal = problem(data)
    answer(out, {"refusal": refusal} if refusal else {"pages": len(Document(data)), "signed": is_signed(data)})


def is_signed(data: bytes) -> bool | None:
    """Does a field of its form hold a signature? None when its form cannot be read."""
    with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
        try:
            return any("/ByteRange" in value for value in values(document))
        except (ValueError, TypeError, AttributeError, KeyError):
            return None


def values(document: pikepdf.Pdf) -> Iterator[Any]:
    """Of the fields of its form, as far as they are dictionaries; as signatures are."""
    form: Any = document.Root.get("/AcroForm", {})
    left, seen = list(form.get("/Fields", [])), set()
    while left:
        field = left.pop()
        if field.is_indirect and field.objgen in seen:
            continue
        seen.add(field.objgen)
        left += list(field.get("/Kids", []))
        value = field.get("/V")
        if isinstance(value, pikepdf.Dictionary):
            yield value


def inspect(data: bytes, facts: Facts, out: BinaryIO) -> None:
    if refusal := problem(data):
        return answer(out, {"refusal": refusal})
    try:
        clean = cleaning.clean(data)
    except cleaning.Unsealable as refused:
        return answer(out, {"refusal": str(refused)})
    return answer(out, {"pages": len(Document(clean.pdf)), "removed": list(clean.told)})


def seal(data: bytes, facts: Facts, out: BinaryIO) -> None:
    if refusal := problem(data):
        return answer(out, {"refusal": refusal})
    try:
        clean = cleaning.clean(data)
        ready = preparing.prepare(clean.pdf, evidence=evidence(facts), **words(facts))
    except (cleaning.Unsealable, preparing.Unpreparable) as refused:
        return answer(out, {"refusal": str(refused)})
    pages = len(Document(ready.pdf))
    places = {"contents": ready.contents, "byte_range": ready.byte_range}
    answer(out, {"pages": pages, "removed": list(clean.told), **places})
    out.write(ready.pdf)
    return None


def renew(data: bytes, facts: Facts, out: BinaryIO) -> None:
    """A sealed PDF with newer evidence and a hole for a time-stamp over all of it."""
    ready = renewal.prepare(data, evidence(facts), facts["hole"])
    answer(out, {"contents": ready.contents, "byte_range": ready.byte_range})
    out.write(ready.pdf)


def evidence(facts: Facts) -> Evidence:
    kinds = {kind: tuple(map(base64.b64decode, facts[kind])) for kind in ("certificates", "crls", "ocsps")}
    return Evidence(**kinds)


def words(facts: Facts) -> dict[str, Any]:
    said = {name: facts[name] for name in ("hole", "label", "reason", "location", "name")}
    return {**said, "at": datetime.fromisoformat(facts["at"])}


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


def render(data: bytes, facts: Facts, out: BinaryIO) -> None:
    document = Document(data)
    document.init_forms()
    for number in facts["numbers"]:
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


VERBS = {
    "check": Work(check, lambda facts: CHECK_SECONDS),
    "inspect": Work(inspect, lambda facts: 2 * CHECK_SECONDS),
    "seal": Work(seal, lambda facts: 2 * CHECK_SECONDS),
    "renew": Work(renew, lambda facts: CHECK_SECONDS),
    "render": Work(render, lambda facts: CHECK_SECONDS + PAGE_SECONDS * len(facts["numbers"])),
}

if __name__ == "__main__":
    Image.preinit()  # once, and not at the first picture of each forked process
    serve(VERBS)
