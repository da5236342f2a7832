"""SVG that institutions hand in (crest, signature): drawings alone, no program, no outside file, no lettering.

A crest with letters must be handed in with its letters as outlines: no typeface of it is at hand here.
"""

from __future__ import annotations

from lxml import etree

MOST_BYTES = 256 * 1024
MOST_ELEMENTS = 5_000
DEEPEST = 32
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = frozenset(
    SVG + name
    for name in (
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
        "linearGradient", "radialGradient", "stop", "clipPath", "symbol", "use", "metadata",
    )
)  # fmt: skip
PARSER_OPTIONS = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
}  # fmt: skip


def problem(svg: bytes) -> str | None:
    """A code for what is wrong with it, or nothing: too-large, not-svg, foreign, text, active, outside, without-size."""
    if len(svg) > MOST_BYTES:
        return "too-large"
    if b"<!DOCTYPE" in svg or b"<!ENTITY" in svg:
        return "not-svg"
    try:
        root = etree.fromstring(svg, etree.XMLParser(**PARSER_OPTIONS))
    except (etree.XMLSyntaxError, ValueError):
        return "not-svg"
    if root.tag != SVG + "svg":
        return "not-svg"
    if not root.get("viewBox") and not (root.get("width") and root.get("height")):
        return "without-size"
    return _found_in(root)


def _found_in(root: etree._Element) -> str | None:
    elements = list(root.iter())
    if len(elements) > MOST_ELEMENTS or sum(1 for _ in elements if _.tag == SVG + "use") > 50:
        return "too-large"
    return next((found for element in elements if (found := _wrong(element))), None)


def _wrong(element: etree._Element) -> str | None:
    if not isinstance(element.tag, str):
        return None if element.tag is etree.Comment else "foreign"
    if any(parent.tag == SVG + "metadata" for parent in element.iterancestors()):
        return None
    if sum(1 for _ in element.iterancestors()) > DEEPEST:
        return "too-large"
    if element.tag in {SVG + "text", SVG + "tspan", SVG + "textPath"}:
        return "text"
    if element.tag not in DRAWN:
        return "foreign" if element.tag not in {SVG + "script", SVG + "style", SVG + "foreignObject"} else "active"
    return next(
        (found for name, value in element.attrib.items() if (found := _wrong_value(str(name), str(value)))), None
    )


def _wrong_value(name: str, value: str) -> str | None:
    local = name.rpartition("}")[2].lower()
    if local.startswith("on"):
        return "active"
    if local == "href":
        return None if value.startswith("#") else "outside"
    folded = value.lower().replace(" ", "")
    return "outside" if "url(" in folded and "url(#" not in folded.replace("'", "").replace('"', "") else None
