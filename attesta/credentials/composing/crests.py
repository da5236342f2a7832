"""SVG that institutions hand in (crest, signature): drawings alone, no program, no outside file, no lettering.

A crest with letters must be handed in with its letters as outlines: no typeface of it is at hand here.
"""

from __future__ import annotations

import lxml.etree

from attesta.credentials.composing.fonts import Uncomposable, compiled

MOST_BYTES = 256 * 1024
MOST_ELEMENTS = 5_000
DEEPEST = 32
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = frozenset(
    SVG + name
    for name in (
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
        "linearGradient", "radialGradient", "stop", "clipPath", "metadata",
    )
)  # fmt: skip
# `use` is not drawn: a few that point at each other stand for millions of elements.
CODES = {SVG + name: "text" for name in ("text", "tspan", "textPath")} | {
    SVG + name: "active" for name in ("script", "style", "foreignObject", "a", "animate", "set")
}
PARSER_OPTIONS = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
}  # fmt: skip


def problem(svg: bytes) -> str | None:
    """A code for what is wrong with it, or nothing."""
    if len(svg) > MOST_BYTES:
        return "too-large"
    if b"<!DOCTYPE" in svg or b"<!ENTITY" in svg or b"\0" in svg:
        return "not-svg"
    try:
        root = lxml.etree.fromstring(svg, lxml.etree.XMLParser(**PARSER_OPTIONS))
    except (lxml.etree.XMLSyntaxError, ValueError):
        return "not-svg"
    if root.tag != SVG + "svg":
        return "not-svg"
    if not root.get("viewBox") and not (root.get("width") and root.get("height")):
        return "without-size"
    return _found_in(root) or _undrawn(svg)


def _undrawn(svg: bytes) -> str | None:
    """Asked of the compiler itself: whatever it stumbles over would stop every document of the template."""
    try:
        compiled("crest.typ", {"drawing": svg.decode()})
    except UnicodeDecodeError:
        return "not-svg"
    except Uncomposable as problem:
        return "without-size" if "viewbox" in str(problem).lower() else "undrawable"
    return None


def _found_in(root: lxml.etree._Element) -> str | None:
    elements = list(root.iter())
    if len(elements) > MOST_ELEMENTS:
        return "too-large"
    return next((found for element in elements if (found := _wrong(element))), None)


def _wrong(element: lxml.etree._Element) -> str | None:
    if not isinstance(element.tag, str):
        return None if element.tag is lxml.etree.Comment else "foreign"
    above = list(element.iterancestors())
    if any(parent.tag == SVG + "metadata" for parent in above):
        return None
    if len(above) > DEEPEST:
        return "too-large"
    if element.tag not in DRAWN:
        return CODES.get(element.tag, "foreign")
    values = ((str(name), str(value)) for name, value in element.attrib.items())
    return next((found for name, value in values if (found := _wrong_value(name, value))), None)


def _wrong_value(name: str, value: str) -> str | None:
    local = name.rpartition("}")[2].lower()
    if local.startswith("on"):
        return "active"
    if local == "href":
        return None if value.startswith("#") else "outside"
    folded = "".join(value.lower().split()).replace("'", "").replace('"', "")
    return "outside" if folded.count("url(") > folded.count("url(#") else None
