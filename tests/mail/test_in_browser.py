"""A letter as a mail program shows it."""

from __future__ import annotations

import pytest

from attesta.mail import rendering
from tests.harness.browser import ENLARGED, fits, running_browser

pytestmark = pytest.mark.browser


def test_a_letter_fits_a_telephone_whatever_stands_in_it() -> None:
    long = "W" * 150
    letter = rendering.compose(
        language="fr",
        subject=long,
        heading=long,
        paragraphs=[long],
        quote=long,
        code="123456789012",
        button=("Ouvrir", f"https://attesta.example.org/s/{long}"),
        why=long,
    )
    with running_browser() as browser:
        page = browser.new_page(viewport={"width": ENLARGED, "height": 900})
        page.set_content(letter.html)
        fits(page)
        page.context.close()
