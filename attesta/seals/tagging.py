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
    _append_child(draft, parent, element)
    widget.StructParent = _add_parent(draft, tree, element)
    page.Tabs = Name.S


def _document_element(tree: Object) -> Object:
    """The one element that holds all others, or else the root itself."""
    only = tree.get(Name.K)
    if isinstance(only, Array):
        only = only[0] if len(only) == 1 else None
    return only if isinstance(only, Dictionary) and only.get(Name.S) == Name.Document else tree


def _append_child(draft: Draft, parent: Object, element: Object) -> None:
    children = parent.get(Name.K)
    if isinstance(children, Array):
        children.append(element)
        draft.change(children, parent)
    else:
        parent.K = Array([element] if children is None else [children, element])
    draft.change(parent, draft.document.Root.StructTreeRoot)


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
