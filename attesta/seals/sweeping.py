"""Walks through a whole PDF once and takes out what acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

from attesta.seals import activity
from attesta.seals.activity import FILES, FORMS, JAVASCRIPT, MEDIA, OTHER, REMOTE, USAGE

MAX_NODES = 1_000_000  # dictionaries and arrays; some seconds of work
NAME_TREES = {
    "/JavaScript": JAVASCRIPT,
    "/EmbeddedFiles": FILES,
    "/Renditions": MEDIA,
    "/AlternatePresentations": MEDIA,
}
IN_ANNOTATIONS = (
    *("/A", "/AA", "/FS", "/Name", "/Movie", "/Sound", "/RichMediaContent", "/RichMediaSettings"),
    *("/3DD", "/3DV", "/3DA", "/3DI"),
)
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI")  # a stream whose content lies in another file


class Unsealable(ValueError):
    """``code``: ``encrypted``, ``already-signed``, ``portfolio``, ``dynamic-form``, ``damaged`` or ``unreadable``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sweep:
    """Visits everything that the document reaches, once, and takes out what acts."""

    def __init__(self, document: Pdf) -> None:
        self.told: set[str] = set()
        self._document = document
        self._seen: set[tuple[int, int]] = set()
        self._steps: dict[str, Callable[[Any, str], None]] = {
            "/A": self._action,
            "/PA": self._action,
            "/NA": self._action,
            "/Next": self._action,
            "/AA": self._triggers,
            "/Annots": self._annotations,
            "/EF": self._embedded,
            "/RF": self._embedded,
            "/AF": self._associated,
            "/V": self._signature,
        }

    def root(self) -> None:
        """What stands in one place only."""
        root = self._document.Root
        self._opening(root)
        self._drop(root, "/Requirements", None)
        self._drop(root, "/DSS", None)
        self._drop(root, "/Perms", USAGE)
        if activity.is_dictionary(names := root.get("/Names")):
            for tree, code in NAME_TREES.items():
                self._drop(names, tree, code)
        if activity.is_dictionary(form := root.get("/AcroForm")):
            self._drop(form, "/XFA", FORMS)
            self._drop(form, "/SigFlags", None)  # no signature was found; without one the flags mislead
        if root.get("/PageMode") == Name.UseAttachments:
            del root["/PageMode"]
        base = root.get("/URI")
        if activity.is_dictionary(base) and activity.address_danger(base.get("/Base", "")):
            self._drop(root, "/URI", REMOTE)

    def everything(self) -> None:
        waiting: list[Any] = [self._document.trailer]
        nodes = 0
        while waiting:
            node = waiting.pop()
            if self._is_new(node):
                nodes += 1
                if nodes > MAX_NODES:
                    raise Unsealable("unreadable")
                waiting.extend(self._visited(node))

    def _is_new(self, node: Object) -> bool:
        if not node.is_indirect:
            return True
        if node.objgen in self._seen:
            return False
        self._seen.add(node.objgen)
        return True

    def _visited(self, node: Object) -> list[Object]:
        """What hangs on it, once it was cleaned."""
        if activity.is_array(node):
            self._stray_items(node)
            return [item for item in node if _holds(item)]
        if activity.is_stream(node):
            self._outside(node)
        for key in self._steps.keys() & node.keys():
            self._steps[key](node, key)
        children = []
        for key, value in list(node.items()):
            if not _holds(value):
                continue
            if activity.is_stray_action(value):
                self._drop(node, key, activity.danger(value))
            else:
                children.append(value)
        return children

    def _opening(self, root: Object) -> None:
        """A first view may stay."""
        action = root.get("/OpenAction")
        if activity.is_dictionary(action) and (code := activity.danger(action)):
            self._drop(root, "/OpenAction", code)

    def _action(self, node: Object, key: str) -> None:
        value = node[key]
        if activity.is_array(value):
            kept = [item for item in value if not self._noted(activity.danger(item))]
            if len(kept) < len(value):
                node[key] = Array(kept)
        elif code := activity.danger(value):
            self._drop(node, key, code)

    def _triggers(self, node: Object, key: str) -> None:
        """What happens by itself, on opening, printing, entering a field."""
        if actions := activity.triggers(node[key]):
            for action in actions:
                self._noted(activity.danger(action) or OTHER)
            del node[key]

    def _annotations(self, page: Object, key: str) -> None:
        if activity.is_array(page[key]):
            kept = [item for item in page[key] if not self._disarmed(item)]
            if len(kept) < len(page[key]):
                page[key] = Array(kept)

    def _disarmed(self, annotation: Any) -> bool:
        """True when nothing is left to show."""
        if not activity.is_dictionary(annotation):
            return False
        code = activity.ANNOTATIONS.get(str(annotation.get("/Subtype")))
        if not self._noted(code):
            return False
        for key in IN_ANNOTATIONS:
            self._drop(annotation, key, None)
        if activity.is_pictured(annotation):
            annotation.Subtype = Name.Stamp
            return False
        return True

    def _embedded(self, node: Object, key: str) -> None:
        if activity.carries_files(node[key]):
            self._drop(node, key, FILES)

    def _associated(self, node: Object, key: str) -> None:
        if activity.names_files(node[key]):
            self._drop(node, key, FILES)

    def _signature(self, node: Object, key: str) -> None:
        if activity.is_dictionary(node[key]) and "/ByteRange" in node[key]:
            raise Unsealable("already-signed")

    def _outside(self, stream: Object) -> None:
        for key in OUTSIDE:
            self._drop(stream, key, REMOTE)

    def _stray_items(self, array: Object) -> None:
        """Put out, but in their places: some arrays count."""
        for number, item in enumerate(array):
            if activity.is_dictionary(item) and activity.is_stray_action(item):
                self._noted(activity.danger(item))
                array[number] = Dictionary()

    def _drop(self, node: Object, key: str, code: str | None) -> None:
        if key in node:
            del node[key]
            self._noted(code)

    def _noted(self, code: str | None) -> bool:
        if code:
            self.told.add(code)
        return bool(code)


def _holds(value: Any) -> bool:
    return activity.is_dictionary(value) or activity.is_array(value) or activity.is_stream(value)
