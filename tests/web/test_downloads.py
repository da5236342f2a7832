"""Names of downloads: safe on every system, in both forms of RFC 6266."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attesta.web.downloads import disposition


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Diplôme.pdf", "attachment; filename=\"diplome.pdf\"; filename*=UTF-8''Dipl%C3%B4me.pdf"),
        ('a"b/../c\r\nX: y.pdf', "attachment; filename=\"a-b-c-x-y.pdf\"; filename*=UTF-8''a%20b%20..%20c%20X%20y.pdf"),
        ("学位.pdf", "attachment; filename=\"document.pdf\"; filename*=UTF-8''%E5%AD%A6%E4%BD%8D.pdf"),
        (".htaccess.pdf", "attachment; filename=\"htaccess.pdf\"; filename*=UTF-8''htaccess.pdf"),
    ],
)
def test_disposition(name: str, expected: str) -> None:
    assert disposition(name) == expected


@given(st.text())
def test_any_title_makes_a_safe_header(title: str) -> None:
    header = disposition(f"{title}.pdf")
    assert header.isascii()
    assert header.isprintable()
    plain = header.split('"')[1]
    full = unquote(header.rsplit("''", 1)[1])
    for name in (plain, full):
        assert name.endswith(".pdf")
        assert not set('/\\:*?"<>|\x00\r\n') & set(name)
        assert not name.startswith(".")
