"""What a PDF can do, rather than show: actions (ISO 32000-2, 12.6) and annotations that play or carry something."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from pikepdf import Name, Object, ObjectType

JAVASCRIPT = "javascript"
LAUNCH = "launch"
FILES = "embedded-files"
FORMS = "forms"
REMOTE = "remote-links"
MEDIA = "media"
OTHER = "other-actions"
USAGE = "usage-rights"
CODES = (JAVASCRIPT, LAUNCH, FILES, FORMS, REMOTE, MEDIA, OTHER, USAGE)

ACTIONS = {
    "/JavaScript": JAVASCRIPT,
    "/Launch": LAUNCH,
    "/SubmitForm": FORMS,
    "/ImportData": FORMS,
    "/ResetForm": FORMS,
    "/Hide": FORMS,
    "/GoToR": REMOTE,
    "/GoToE": REMOTE,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/Rendition": MEDIA,
    "/RichMediaExecute": MEDIA,
    "/GoTo3DView": MEDIA,
    "/Trans": MEDIA,
    "/SetOCGState": OTHER,
}
HARMLESS = frozenset(("/GoTo", "/GoToDp", "/Thread", "/URI", "/Named"))  # the last three if they stay modest
NAMED = frozenset(("/NextPage", "/PrevPage", "/FirstPage", "/LastPage"))
ANNOTATIONS = {
    "/FileAttachment": FILES,
    "/Sound": MEDIA,
    "/Movie": MEDIA,
    "/Screen": MEDIA,
    "/RichMedia": MEDIA,
    "/3D": MEDIA,
}
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
PLACES_OF_FILES = frozenset(("/F", "/UF", "/DOS", "/Mac", "/Unix"))


def danger(value: Any) -> str | None:
    """The code of what an action would do beyond this document; None for a harmless one, or no action."""
    if not is_dictionary(value) or "/S" not in value:
        return None
    kind = _kind(value)
    if kind == "/URI":
        return address_danger(value.get("/URI"))
    if kind == "/Named":
        return None if str(value.get("/N")) in NAMED else OTHER
    if kind == "/Thread":
        return REMOTE if "/F" in value else None
    return ACTIONS.get(kind)


def address_danger(address: Any) -> str | None:
    """Links to the web, to mail and to telephones may stay; readers disregard blanks and controls in an address."""
    plain = "".join(letter for letter in str(address) if letter > " ")
    scheme = SCHEME.match(plain)
    if scheme is None:
        return REMOTE if plain.startswith(("/", "\\")) else None
    if scheme[1].lower() in SCHEMES:
        return None
    return JAVASCRIPT if scheme[1].lower() == "javascript" else REMOTE


def is_action(value: Any) -> bool:
    """Where something else could stand under the same key: an element of the structure, a resource of that name."""
    return is_dictionary(value) and "/S" in value and _kind(value) in ACTIONS.keys() | HARMLESS


def is_stray_action(value: Any) -> bool:
    """A dangerous action at any place. Elements of the structure may have an action's name as their type."""
    return danger(value) is not None and "/P" not in value and value.get("/Type") != Name.StructElem


def triggers(value: Any) -> list[Any]:
    """The actions in an additional-actions dictionary; none when it is something else of that name."""
    return [action for action in value.values() if is_action(action)] if is_dictionary(value) else []


def carries_files(value: Any) -> bool:
    """The value of an /EF: streams by kind of system."""
    return is_dictionary(value) and set(value.keys()) <= PLACES_OF_FILES


def names_files(value: Any) -> bool:
    """The value of an /AF: file specifications."""
    return any(is_dictionary(item) and ("/EF" in item or "/F" in item or "/UF" in item) for item in items(value))


def is_pictured(annotation: Object) -> bool:
    """It brings its own look, so that it keeps it as another kind of annotation."""
    looks = annotation.get("/AP")
    return is_dictionary(looks) and (is_stream(looks.get("/N")) or is_dictionary(looks.get("/N")))


def items(value: Any) -> list[Any]:
    return list(value) if is_array(value) else [value]


def _kind(action: Object) -> str:
    """A name, or what a lenient reader takes for one."""
    return "/" + str(action["/S"]).removeprefix("/")


def is_dictionary(value: Any) -> TypeGuard[Object]:
    return isinstance(value, Object) and value._type_code == ObjectType.dictionary


def is_array(value: Any) -> TypeGuard[Object]:
    return isinstance(value, Object) and value._type_code == ObjectType.array


def is_stream(value: Any) -> TypeGuard[Object]:
    return isinstance(value, Object) and value._type_code == ObjectType.stream
