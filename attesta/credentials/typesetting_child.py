"""A program of its own that typesets (see ``confined``): ``typeset`` takes the sheet's data as JSON, answers a PDF."""

from __future__ import annotations

import json
from typing import BinaryIO

import typst

from attesta.credentials.composing import fonts
from attesta.credentials.confined import CODE, Facts, Work, serve

SECONDS = 20  # of processor time


def typeset(data: bytes, facts: Facts, out: BinaryIO) -> None:
    """Tagged for everyone. A character that no typeface here has leaves a gap, and the PDF without that promise."""
    sheet, inputs = str(CODE / facts["sheet"]), {"data": json.dumps({**json.loads(data), "fonts": fonts.FAMILIES})}
    compiler = fonts.compiler(CODE)
    options = {"input": sheet, "format": "pdf", "sys_inputs": inputs, "timestamp": facts["at"]}
    try:
        out.write(compiler.compile(**options, pdf_standards=["ua-1"]))
    except typst.TypstError:
        out.write(compiler.compile(**options))


if __name__ == "__main__":
    serve({"typeset": Work(typeset, lambda facts: SECONDS)})
