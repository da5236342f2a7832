"""Reads a page as a person does: its facts, its tables, its buttons. Sentences come back with single spaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "use", "option"}


@dataclass
class Node:
    name: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def all(self, name: str, /, **attributes: str) -> Iterator[Node]:
        """Every element of that name below this one; ``class_`` matches one of its classes."""
        for child in self.children:
            if isinstance(child, Node):
                if child.name == name and child.has(attributes):
                    yield child
                yield from child.all(name, **attributes)

    def has(self, attributes: dict[str, str]) -> bool:
        wanted = dict(attributes)
        one = wanted.pop("class_", None)
        classes = self.attributes.get("class", "").split()
        return (one is None or one in classes) and all(self.attributes.get(n) == v for n, v in wanted.items())

    @property
    def text(self) -> str:
        words = (child if isinstance(child, str) else f" {child.text} " for child in self.children)
        return " ".join("".join(words).split())


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.name == tag for node in self.open[1:]):
            while self.open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(response: Any) -> Node:
    reader = Reader()
    reader.feed(response.content.decode())
    return reader.root


def main(response: Any) -> Node:
    return next(read(response).all("main"))


def facts(response: Any) -> dict[str, str]:
    """The definition list: term → value, in order."""
    pairs = [line for each in main(response).all("dl") for line in each.all("div")]
    return {next(p.all("dt")).text: next(p.all("dd")).text for p in pairs if list(p.all("dt"))}


def heads(response: Any, caption: str) -> list[str]:
    return [head.text for head in table(response, caption).all("th", scope="col")]


def rows(response: Any, caption: str) -> list[list[str]]:
    bodies = table(response, caption).all("tbody")
    return [[cell.text for cell in row.all("td")] for body in bodies for row in body.all("tr")]


def table(response: Any, caption: str) -> Node:
    tables = [each for each in main(response).all("table") if next(each.all("caption")).text == caption]
    return tables[0] if tables else Node("table", {})


def buttons(response: Any) -> dict[str, str]:
    """Forms that are one button: its words → where it posts to."""
    forms = main(response).all("form", method="post")
    return {next(form.all("button")).text: form.attributes.get("action", "") for form in forms}


def links(response: Any) -> dict[str, str]:
    return {link.text: link.attributes.get("href", "") for link in main(response).all("a")}


def messages(response: Any) -> list[str]:
    found = read(response).all("div", class_="messages")
    return [notice.text for each in found for notice in each.all("div", class_="notice")]


def notices(response: Any) -> list[str]:
    """Titles of the banners on the page."""
    return [title.text for title in main(response).all("p", class_="notice-title")]
