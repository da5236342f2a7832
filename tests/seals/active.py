"""PDFs that do something, one kind each: what each should lose."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.harness.pdfs import make_pdf

SCRIPT = "app.alert('Zoé')"


def javascript() -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String(SCRIPT))


def launch() -> Dictionary:
    return Dictionary(S=Name.Launch, F=String("cmd.exe"), Win=Dictionary(F=String("cmd.exe"), P=String("/c calc")))


def changed(change: Callable[[Pdf, Object], object], *, of: bytes = b"") -> bytes:
    """A PDF (a small one of two pages) after ``change(document, first page)``."""
    out = BytesIO()
    with pikepdf.open(BytesIO(of or make_pdf(pages=2))) as document:
        change(document, document.pages[0].obj)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=False)
    return out.getvalue()


def with_action(action: Dictionary) -> bytes:
    """On a link in the first page."""
    return changed(lambda document, page: add_annotation(document, page, Subtype=Name.Link, A=action))


def add_annotation(document: Pdf, page: Object, **entries: Any) -> Object:
    annotation = document.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([72, 72, 200, 100]), **entries))
    page.Annots = Array([*page.get("/Annots", Array()), annotation])
    return annotation


def look(document: Pdf) -> Dictionary:
    """The picture of an annotation: a grey box."""
    box = document.make_stream(b"0.5 g 0 0 128 28 re f")
    box.Type, box.Subtype, box.BBox = Name.XObject, Name.Form, Array([0, 0, 128, 28])
    return Dictionary(N=box)


def file(document: Pdf, name: str = "setup.exe") -> Object:
    content = document.make_stream(b"MZ" + bytes(100))
    content.Type = Name.EmbeddedFile
    return document.make_indirect(
        Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=Dictionary(F=content, UF=content))
    )


def named_script(document: Pdf, page: Object) -> None:
    """Three floors of name tree."""
    leaf = document.make_indirect(Dictionary(Names=Array([String("a"), document.make_indirect(javascript())])))
    middle = document.make_indirect(Dictionary(Kids=Array([leaf]), Limits=Array([String("a"), String("a")])))
    document.Root.Names = document.make_indirect(Dictionary(JavaScript=Dictionary(Kids=Array([middle]))))


def attachment(document: Pdf, page: Object) -> None:
    leaf = document.make_indirect(Dictionary(Names=Array([String("setup.exe"), file(document)])))
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Kids=Array([Dictionary(Kids=Array([leaf]))])))
    document.Root.PageMode = Name.UseAttachments


def associated(document: Pdf, page: Object) -> None:
    """As PDF/A-3 does: the same file in the tree, of the document and of a page."""
    attachment(document, page)
    document.Root.AF = Array([file(document)])
    page.AF = document.make_indirect(Array([file(document)]))


def pinned(document: Pdf, page: Object) -> None:
    add_annotation(document, page, Subtype=Name.FileAttachment, FS=file(document), Name=Name.PushPin)


def pinned_with_look(document: Pdf, page: Object) -> None:
    add_annotation(document, page, Subtype=Name.FileAttachment, FS=file(document), AP=look(document))


def opening(document: Pdf, page: Object) -> None:
    document.Root.OpenAction = document.make_indirect(javascript())


def chained(document: Pdf, page: Object) -> None:
    """Harmless first, harmless second, and then."""
    last = Dictionary(S=Name.Named, N=Name.NextPage, Next=Array([javascript(), Dictionary(S=Name.GoTo, D=String("x"))]))
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]), Next=document.make_indirect(last))


def document_triggers(document: Pdf, page: Object) -> None:
    document.Root.AA = Dictionary(WC=javascript(), WP=launch())


def page_triggers(document: Pdf, page: Object) -> None:
    page.AA = document.make_indirect(Dictionary(O=javascript()))


def harmless_triggers(document: Pdf, page: Object) -> None:
    page.AA = Dictionary(O=Dictionary(S=Name.GoTo, D=Array([document.pages[1].obj, Name.Fit])))


def field_triggers(document: Pdf, page: Object) -> None:
    """Parent and child fields; a submit button."""
    child = add_annotation(document, page, Subtype=Name.Widget, AA=Dictionary(K=javascript(), F=javascript()))
    parent = document.make_indirect(
        Dictionary(FT=Name.Tx, T=String("field"), Kids=Array([child]), AA=Dictionary(C=javascript()))
    )
    child.Parent = parent
    submit = Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://forms.example")), Flags=4)
    button = add_annotation(document, page, Subtype=Name.Widget, FT=Name.Btn, T=String("send"), A=submit)
    document.Root.AcroForm = Dictionary(Fields=Array([parent, button]), CO=Array([child]))


def outline(document: Pdf, page: Object) -> None:
    """The second bookmark of two acts; the first leads to a page."""
    root = document.make_indirect(Dictionary(Type=Name.Outlines, Count=2))
    first = document.make_indirect(Dictionary(Title=String("1"), Parent=root, Dest=Array([page, Name.Fit])))
    second = document.make_indirect(Dictionary(Title=String("2"), Parent=root, Prev=first, A=launch()))
    first.Next, root.First, root.Last = second, first, second
    document.Root.Outlines = root


def movie(document: Pdf, page: Object) -> None:
    add_annotation(
        document, page, Subtype=Name.Movie, Movie=Dictionary(F=String("film.avi")), A=True, AP=look(document)
    )


def rich_media(document: Pdf, page: Object) -> None:
    assets = Dictionary(Names=Array([String("x.swf"), file(document, "x.swf")]))
    add_annotation(
        document, page, Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=assets), AP=look(document)
    )


def screen(document: Pdf, page: Object) -> None:
    action = Dictionary(S=Name.Rendition, OP=0, JS=String(SCRIPT), R=Dictionary(S=Name.MR, N=String("film")))
    add_annotation(document, page, Subtype=Name.Screen, A=action, AA=Dictionary(PO=action))
    document.Root.Names = Dictionary(Renditions=Dictionary(Names=Array([String("film"), Dictionary(S=Name.MR)])))


def sound(document: Pdf, page: Object) -> None:
    tone = document.make_stream(bytes(80))
    tone.R = 8000
    add_annotation(document, page, Subtype=Name.Sound, Sound=tone)


def three_d(document: Pdf, page: Object) -> None:
    model = document.make_stream(b"U3D")
    model.Type, model.Subtype, model.OnInstantiate = Name("/3D"), Name.U3D, document.make_stream(SCRIPT.encode())
    annotation = add_annotation(document, page, Subtype=Name("/3D"), AP=look(document))
    annotation["/3DD"] = model


def static_xfa(document: Pdf, page: Object) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("template"), document.make_stream(b"<x/>")]))


def usage_rights(document: Pdf, page: Object) -> None:
    rights = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"))
    document.Root.Perms = Dictionary(UR3=document.make_indirect(rights))


def remote_picture(document: Pdf, page: Object) -> None:
    """A stream whose content is in another file, and a picture that stands for another document's page."""
    page.Contents.F = Dictionary(FS=Name.URL, F=String("https://pictures.example/1"))
    proxy = look(document).N
    proxy.Ref = Dictionary(F=String("other.pdf"), Page=0)
    page.Resources.XObject = Dictionary(X=proxy)


def slideshow(document: Pdf, page: Object) -> None:
    step = Dictionary(Type=Name.NavNode, NA=javascript(), PA=Dictionary(S=Name.Hide, T=String("x")))
    page.PresSteps = document.make_indirect(step)


def in_another_place(document: Pdf, page: Object) -> None:
    """Where no rule expects it, deep down."""
    deep: Any = document.make_indirect(javascript())
    for _ in range(50):
        deep = Array([deep, String("x")])
    document.Root.Whatever = Dictionary(Deep=deep, Direct=launch())


def relative_to_elsewhere(document: Pdf, page: Object) -> None:
    document.Root.URI = Dictionary(Base=String("file://///server/share/"))


ACTIVE: list[tuple[Callable[[Pdf, Object], object], tuple[str, ...]]] = [
    (named_script, ("javascript",)),
    (attachment, ("embedded-files",)),
    (associated, ("embedded-files",)),
    (pinned, ("embedded-files",)),
    (pinned_with_look, ("embedded-files",)),
    (opening, ("javascript",)),
    (chained, ("javascript",)),
    (document_triggers, ("javascript", "launch")),
    (page_triggers, ("javascript",)),
    (harmless_triggers, ("other-actions",)),
    (field_triggers, ("javascript", "forms")),
    (outline, ("launch",)),
    (movie, ("media",)),
    (rich_media, ("media",)),
    (screen, ("media",)),
    (sound, ("media",)),
    (three_d, ("media",)),
    (static_xfa, ("forms",)),
    (usage_rights, ("usage-rights",)),
    (remote_picture, ("remote-links",)),
    (slideshow, ("javascript", "forms")),
    (in_another_place, ("javascript", "launch")),
    (relative_to_elsewhere, ("remote-links",)),
]

ACTIONS: list[tuple[Dictionary, tuple[str, ...]]] = [
    (javascript(), ("javascript",)),
    (Dictionary(S=String("JavaScript"), JS=String(SCRIPT)), ("javascript",)),
    (Dictionary(S=Name.JavaScript, JS=String(SCRIPT), P=Dictionary(), K=0, Type=Name.StructElem), ("javascript",)),
    (launch(), ("launch",)),
    (Dictionary(S=Name.GoToR, F=String("//server/share/x.pdf"), D=Array([0, Name.Fit])), ("remote-links",)),
    (Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N=String("x"))), ("remote-links",)),
    (Dictionary(S=Name.Thread, F=String("x.pdf"), D=0), ("remote-links",)),
    (Dictionary(S=Name.ImportData, F=String("x.fdf")), ("forms",)),
    (Dictionary(S=Name.ResetForm), ("forms",)),
    (Dictionary(S=Name.Hide, T=String("x")), ("forms",)),
    (Dictionary(S=Name.Movie, T=String("x")), ("media",)),
    (Dictionary(S=Name.Sound), ("media",)),
    (Dictionary(S=Name.GoTo3DView), ("media",)),
    (Dictionary(S=Name.RichMediaExecute), ("media",)),
    (Dictionary(S=Name.SetOCGState, State=Array()), ("other-actions",)),
    (Dictionary(S=Name.Named, N=Name.Print), ("other-actions",)),
    (Dictionary(S=Name.URI, URI=String("javascript:alert(1)")), ("javascript",)),
    (Dictionary(S=Name.URI, URI=String(" java\tscript:alert(1)")), ("javascript",)),
    (Dictionary(S=Name.URI, URI=String("JAVASCRIPT:alert(1)")), ("javascript",)),
    (Dictionary(S=Name.URI, URI=String("file:///etc/passwd")), ("remote-links",)),
    (Dictionary(S=Name.URI, URI=String("\\\\server\\share")), ("remote-links",)),
    (Dictionary(S=Name.URI, URI=String("//server/share")), ("remote-links",)),
    (Dictionary(S=Name.URI, URI=String("data:text/html,x")), ("remote-links",)),
    (Dictionary(S=Name.URI, URI=String("ms-msdt:x")), ("remote-links",)),
]

HARMLESS: list[Dictionary] = [
    Dictionary(S=Name.URI, URI=String("https://www.example.ca/diplôme?a=1#b")),
    Dictionary(S=Name.URI, URI=String("HTTP://www.example.ca")),
    Dictionary(S=Name.URI, URI=String("mailto:registraire@lacs.example")),
    Dictionary(S=Name.URI, URI=String("tel:+15145550100")),
    Dictionary(S=Name.URI, URI=String("www.example.ca")),
    Dictionary(S=Name.GoTo, D=String("chapter")),
    Dictionary(S=Name.Named, N=Name.NextPage),
]
