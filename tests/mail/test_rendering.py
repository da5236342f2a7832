"""One template family: the same words in plain text and in HTML, in both languages, escaped where they must be."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from attesta.mail.rendering import compose

LINK = "https://attesta.example.org/s/abc?x=1&y=2"
NASTY = "Zoé <script>alert('x')</script> & {{ fils }}"


def test_the_french_letter_in_plain_text() -> None:
    letter = compose(
        language="fr",
        subject="Bonjour",
        heading="Des documents vous attendent",
        paragraphs=["Zoé & Rémi <partagent>."],
        button=("Ouvrir le partage", LINK),
        code="481516",
        notes=["Le lien expire le 22 mars 2024."],
        quote="Bonjour,\n\nvoici mon diplôme.",
        why="Zoé Citoyenne a indiqué votre adresse.",
        unsubscribe="https://attesta.example.org/account/",
    )
    assert letter.text == (
        "Attesta\n=======\n\nDes documents vous attendent\n\nZoé & Rémi <partagent>.\n\n"
        "> Bonjour,\n>\n> voici mon diplôme.\n\n    481516\n\n"
        f"Ouvrir le partage\u00a0:\n{LINK}\n\nLe lien expire le 22 mars 2024.\n\n"
        "-- \nZoé Citoyenne a indiqué votre adresse.\n"
        "Ce message automatique vous est envoyé par Attesta (localhost:8000).\n"
        "Les réponses à ce message ne sont pas lues.\n"
        "Ne plus recevoir ces messages\u00a0:\nhttps://attesta.example.org/account/\n"
    )


def test_a_short_english_letter_in_plain_text() -> None:
    letter = compose(
        language="en",
        subject="Hello",
        heading="Hello",
        paragraphs=["One.", "Two."],
        headers={"Reply-To": "registrar@example.org"},
    )
    assert letter.text == (
        "Attesta\n=======\n\nHello\n\nOne.\n\nTwo.\n\n"
        "-- \nThis message was sent automatically by Attesta (localhost:8000).\n"
    )


def test_long_lines_fold_but_addresses_do_not() -> None:
    long = f"https://attesta.example.org/s/{'a' * 120}"
    letter = compose(
        language="en", subject="s", heading="h", paragraphs=["word " * 40], button=("Open", long), quote="say " * 40
    )
    assert long in letter.text.splitlines()
    assert max(len(line) for line in letter.text.splitlines() if line != long) <= 72


def test_the_subject_is_one_line_without_control_characters() -> None:
    letter = compose(language="fr", subject="Zoé\r\nBcc: x@example.org\t\x00\u2028!", heading="h", paragraphs=[])
    assert letter.subject == "Zoé Bcc: x@example.org !"


def test_letters_one_can_do_without_say_how_to_stop_them() -> None:
    letter = compose(language="fr", subject="s", heading="h", paragraphs=[], unsubscribe="https://a.example/account/")
    assert letter.headers == {"List-Unsubscribe": "<https://a.example/account/>"}


@pytest.mark.parametrize("field", ["subject", "heading", "quote", "why", "code"])
def test_nothing_typed_becomes_markup(field: str) -> None:
    values = {"subject": "s", "heading": "h", field: NASTY}
    letter = compose(language="fr", paragraphs=[NASTY], notes=[NASTY], button=(NASTY, LINK), **values)  # type: ignore[arg-type]
    page = _read(letter.html)
    assert "script" not in page.tags
    assert NASTY in page.text
    assert "Zoé <script>" in letter.text


def test_the_html_letter_has_a_language_a_title_and_one_button() -> None:
    letter = compose(
        language="fr", subject="Bonjour", heading="Titre", paragraphs=["Un\ndeux"], button=("Ouvrir", LINK), code="12"
    )
    page = _read(letter.html)
    assert page.tags["html"] == {"lang": "fr"}
    assert page.links == [LINK, LINK]
    assert "Un<br>deux" in letter.html
    assert "Si le bouton ne fonctionne pas" in letter.html


def test_the_html_letter_loads_nothing_from_anywhere() -> None:
    letter = compose(language="fr", subject="s", heading="h", paragraphs=["p"], button=("Ouvrir", LINK))
    page = _read(letter.html)
    assert {"img", "link", "iframe", "script"} & set(page.tags) == set()
    assert "url(" not in letter.html
    assert " style=" not in letter.html


class _read(HTMLParser):
    """What a mail reader makes of a letter."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: dict[str, dict[str, str | None]] = {}
        self.links: list[str | None] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = dict(attrs)
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data: str) -> None:
        self.text += data
