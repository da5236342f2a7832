"""Signature fields in a PDF's form."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, String

from attesta.seals.drafts import Draft

FLAGS = 132  # print and locked
SIGNATURES_EXIST, APPEND_ONLY = 1, 2


def add(draft: Draft, signature: Object, *, stem: str) -> Object:
    """A field without a look of its own, named after ``stem``; on no page yet."""
    fields = _fields(draft)
    field = draft.add(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(_free_name(fields, stem)),
            V=signature,
            Rect=Array([0, 0, 0, 0]),
            F=FLAGS,
        )
    )
    fields.append(field)
    return field


def _fields(draft: Draft) -> Object:
    root = draft.document.Root
    if Name.AcroForm not in root:
        root.AcroForm = draft.add(Dictionary())
        draft.change(root)
    form = root.AcroForm
    form.SigFlags = SIGNATURES_EXIST | APPEND_ONLY
    if Name.Fields not in form:
        form.Fields = Array()
    draft.change(form)
    draft.change(form.Fields, form)
    return form.Fields


def _free_name(fields: Object, stem: str) -> str:
    taken = {str(field.get(Name.T, "")) for field in fields}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{stem}{number}") not in taken)
