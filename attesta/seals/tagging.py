"""A field's place in the structure of a tagged PDF, so that a screen reader meets it (PDF/UA-1, 7.18)."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

from attesta.seals.drafts import Draft


def add_form(draft: Draft, page: Object, widget: Object, label: str) -> None:
    """``widget`` inside a Form element of its own, at the end of the document's element."""
    tree = draft.document.Root.StructTreeRoot
    parent = _document_element(tree)
    reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
    element = draft.add(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, Pg=page, K=Array([reference]), Alt=String(label))
    )
    parent.K = Array([*_children(parent), element])
    draft.change(parent, tree)
    widget.StructParent = _add_parent(draft, tree, element)
    page.Tabs = Name.S


def _document_element(tree: Object) -> Object:
    """The one element that holds all others, or else the root itself."""
    match _children(tree):
        case [Dictionary() as only] if only.get(Name.S) == Name.Document:
            return only
    return tree


def _children(element: Object) -> list[Object]:
    children = element.get(Name.K)
    if children is None:
        return []
    return list(children) if isinstance(children, Array) else [children]


def _add_parent(draft: Draft, tree: Object, element: Object) -> int:
    """The key under which the widget finds its element."""
    if Name.ParentTree not in tree:
        tree.ParentTree = Dictionary(Nums=Array())
    numbers = tree.ParentTree.get(Name.Nums)
    taken = numbers[::2] if numbers is not None else NumberTree(tree.ParentTree)
    key = max([int(tree.get(Name.ParentTreeNextKey, 0)), *(int(number) + 1 for number in taken)])
    if numbers is not None:
        numbers.extend(Array([key, element]))
        draft.change(numbers, tree.ParentTree, tree)
    else:
        NumberTree(tree.ParentTree)[key] = element
    tree.ParentTreeNextKey = key + 1
    draft.change(tree)
    return key
