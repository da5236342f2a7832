"""Documents as ours are composed: PDF/A-3a and PDF/UA-1, tagged, with a machine-readable twin attached."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import typst

DIPLOMA = """
#set document(title: "Diplôme de Zoé Citoyenne", author: "Université du Fleuve")
#set text(lang: "fr", region: "CA", font: "Libertinus Serif")
#set page("us-letter", flipped: true)
#pdf.attach("twin.json", bytes("{\\"number\\": \\"D-2024-004127\\"}"), relationship: "alternative",
  mime-type: "application/json", description: "Les mêmes faits, pour des programmes")
= Diplôme de baccalauréat
Le Conseil de l’Université confère à *Zoé Citoyenne* le grade de bachelière ès sciences.
#figure(rect(width: 4cm, height: 2cm, fill: gradient.linear(navy, teal)), alt: "Sceau", caption: [Le sceau])
#link("https://attesta.example/verify/")[Vérifier ce document]
"""

TRANSCRIPT = """
#set document(title: "Relevé de notes de Zoé Citoyenne")
#set text(lang: "fr", region: "CA", size: 11pt)
#set page("us-letter", numbering: "1 / 1")
= Relevé de notes
#for term in range(1, 9) [
  == Trimestre #term
  #table(columns: (1fr, 4fr, 1fr, 1fr),
    table.header([Sigle], [Titre], [Crédits], [Note]),
    ..for course in range(1, 8) { ([OCE-#(term)0#course], [Océanographie #course], [3], [A]) })
]
"""


LETTER = """
#set document(title: "Attestation")
#set text(lang: "fr")
= Attestation
Zoé Citoyenne étudie à temps complet.
"""


@cache
def compose(source: str, *standards: str) -> bytes:
    """PDF/A-3a and PDF/UA-1 unless ``standards`` are named."""
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True)
    asked: list[Any] = [*standards] or ["a-3a", "ua-1"]
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=asked, timestamp=1_718_208_000))
