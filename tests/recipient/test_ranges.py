from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attesta.recipient.ranges import Span, Unsatisfiable, requested


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-", Span(0, 100)),
        ("bytes=99-", Span(99, 100)),
        ("bytes=90-500", Span(90, 100)),
        ("bytes=-1", Span(99, 100)),
        ("bytes=-500", Span(0, 100)),
        ("BYTES=5-9 ", Span(5, 10)),
        ("bytes=9-5", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=0-1,3-4", None),
        ("bytes=٣-٤", None),
    ],
)
def test_of_a_hundred_bytes(header: str, span: Span | None) -> None:
    assert requested(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_outside(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        requested(header, 100)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 200))
def test_a_span_lies_inside_the_file(first: int, last: int, size: int) -> None:
    try:
        span = requested(f"bytes={first}-{last}", size)
    except Unsatisfiable:
        assert first >= size
        return
    assert span is None or 0 <= span.start < span.end <= size
