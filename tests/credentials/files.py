"""Files that must be refused, each for its own reason, and how they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pikepdf

from tests.harness.pdfs import make_pdf


def saved(document: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=encryption is None, encryption=encryption)
    return out.getvalue()


def encrypted(*, password: str) -> bytes:
    """Needs ``password``; with an empty one it opens for anybody but is protected all the same."""
    with pikepdf.open(io.BytesIO(make_pdf())) as document:
        return saved(document, encryption=pikepdf.Encryption(owner="owner", user=password))


def with_javascript() -> bytes:
    """Runs when it is opened."""
    with pikepdf.open(io.BytesIO(make_pdf())) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        return saved(document)


@cache
def blank_pages(count: int) -> bytes:
    document = pikepdf.new()
    for _ in range(count):
        document.add_blank_page()
    return saved(document)


def page_of_size(width: float, height: float) -> bytes:
    document = pikepdf.new()
    document.add_blank_page().mediabox = pikepdf.Array([0, 0, width, height])
    return saved(document)


def lying_about_its_pages(claim: int) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Pages.Count = claim
    return saved(document)


def without_pages() -> bytes:
    return saved(pikepdf.new())


def archive(comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("evil.js", "alert(1)")
        file.comment = comment
    return out.getvalue()


def truncated() -> bytes:
    whole = make_pdf(pages=3)
    return whole[: len(whole) // 2]


def saved_in_parts_and_truncated() -> bytes:
    """A first part that is whole, then the beginning of a second one."""
    return make_pdf() + b"\n7 0 obj\n<< /Type /Page /Contents"


def broken_inside() -> bytes:
    """Both ends are there; the table of what lies where is not."""
    whole = make_pdf()
    place = whole.rfind(b"startxref")
    return whole[:place] + b"startxref\n7\n%%EOF\n"


@cache
def image_bomb() -> bytes:
    """A page whose picture would take 1.2 GB in memory, in a file of about a megabyte."""
    document = pikepdf.new()
    page = document.add_blank_page()
    side = 20_000
    image = document.make_stream(b"\0" * (side * side * 3 // 1000))
    image.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=side,
            Height=side,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
        )
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im1=image))
    page.obj.Contents = document.make_stream(b"q 612 0 0 792 0 0 cm /Im1 Do Q")
    return saved(document)


@cache
def endless_drawing() -> bytes:
    """Forms that draw forms that draw forms: ten to the ninth strokes in a few kilobytes."""
    document = pikepdf.new()
    page = document.add_blank_page()
    drawn = document.make_stream(b"0 0 m 500 500 l S " * 10)
    drawn.update(form({}))
    for _ in range(8):
        outer = document.make_stream(b"/F Do " * 10)
        outer.update(form({"F": drawn}))
        drawn = outer
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=drawn))
    page.obj.Contents = document.make_stream(b"/F Do")
    return saved(document)


def form(drawn: dict[str, pikepdf.Object]) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, 612, 792]),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/{name}": value for name, value in drawn.items()})),
    )


POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "zip behind": lambda: make_pdf() + archive(),
    "zip behind that ends like a PDF": lambda: make_pdf() + archive(b"%%EOF\n"),
    "zip before": lambda: archive() + make_pdf(),
    "page before": lambda: b"<html><script>alert(1)</script>" + make_pdf(),
    "script before": lambda: b"/*" + make_pdf(),
    "blank line before": lambda: b"\n" + make_pdf(),
    "page in the head": lambda: make_pdf().replace(b"\n", b"\n%<html><script>alert(1)</script>\n", 1),
    "archive in the head": lambda: make_pdf().replace(b"\n", b"\n%PK\x03\x04\n", 1),
    "program behind": lambda: make_pdf() + b"MZ\x90\x00" + b"\0" * 100,
    "page behind": lambda: make_pdf() + b"<html></html>",
}

REFUSED: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "too-large": lambda: make_pdf() + b" " * 25 * 1024 * 1024,
    "not-a-pdf": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "polyglot": POLYGLOTS["zip behind"],
    "truncated": truncated,
    "encrypted": lambda: encrypted(password="secret"),
    "damaged": broken_inside,
    "too-many-pages": lambda: blank_pages(10_000),
    "page-too-large": lambda: page_of_size(15_000, 15_000),
    "unreadable": endless_drawing,
}
