"""docs/nginx.conf lets through what the product takes, and holds it in memory alone."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from attesta.web import limits
from tests.house import source

FRAGMENT = (source.ROOT / "docs/nginx.conf").read_text()
LOCATION = re.compile(r"location (\S+) \{(.*?)\}", re.DOTALL)
WORKERS = 2  # of one `bin/attesta serve`


def mebibytes(directive: str, block: str) -> int:
    [found] = re.findall(rf"^ *{directive} (\d+)m;", block, re.MULTILINE)
    return int(found) * settings.MEBIBYTE


@pytest.mark.parametrize("directive", ["client_max_body_size", "client_body_buffer_size"])
def test_the_proxy_takes_what_the_product_takes_and_writes_none_of_it_down(directive: str) -> None:
    own = {place: block for place, block in LOCATION.findall(FRAGMENT) if directive in block}
    assert {place: mebibytes(directive, block) for place, block in own.items()} == settings.UPLOADS
    assert mebibytes(directive, LOCATION.sub("", FRAGMENT)) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_the_proxy_refuses_what_is_too_large_in_the_words_of_the_product() -> None:
    [page] = [block for place, block in LOCATION.findall(FRAGMENT) if place == "@too_large"]
    assert "error_page 413 @too_large;" in FRAGMENT
    told = re.findall(r"<h[12]>.*?</h[12]>|<p>.*?</p>", page)
    own = [sentence for code in ("fr", "en") for sentence in words(code)]
    assert (told, 'lang="fr"' in page, 'lang="en"' in page) == (own, True, True)


def words(code: str) -> list[str]:
    """What happened, and what was kept."""
    with translation.override(code):
        page = render_to_string("web/errors/413.html", {"first": code == "fr"})
    return re.findall(r"<h[12]>.*?</h[12]>|<p>.*?</p>", page)[:2]


def test_the_proxy_holds_no_more_large_bodies_than_the_product_takes_at_once() -> None:
    assert re.findall(r"limit_conn attesta_uploads (\d+);", FRAGMENT) == [str(WORKERS * limits.AT_ONCE)]
