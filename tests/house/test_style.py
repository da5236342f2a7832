"""What no formatter checks: names that say nothing, promises in comments, tests that do not run."""

from __future__ import annotations

import re

from tests.house import source

EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "base"}
PROMISES = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
BLANKET = re.compile(r"#\s*(noqa(?!: [A-Z]+\d+)|type: ignore(?!\[))")
SLEEPERS = re.compile(r"\b(pytest\.(mark\.)?(skip|skipif|xfail|importorskip)|unittest\.mock|TransactionTestCase)\b")
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|autoescape off")
FLUSHING = re.compile(r"\btransactional_db\b|django_db\(.*transaction=True")


def lines_with(pattern: re.Pattern[str], *homes: str) -> list[str]:
    return [
        f"{source.where(path, number)}: {line.strip()}"
        for path in source.modules(*homes)
        if path.name != "test_style.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_modules_are_named_for_what_they_hold() -> None:
    paths = [
        path for path in source.modules() if EMPTY_NAMES & {path.stem, *path.parent.relative_to(source.ROOT).parts}
    ]
    assert paths == []


def test_nothing_is_promised_in_comments() -> None:
    assert lines_with(PROMISES) == []


def test_every_exception_to_a_check_names_the_check() -> None:
    assert lines_with(BLANKET) == []


def test_every_test_runs_and_mocks_nothing() -> None:
    assert lines_with(SLEEPERS, "tests") == []


def test_no_test_flushes_the_ledger() -> None:
    """Its triggers forbid DELETE; such a test would break the ones after it."""
    assert lines_with(FLUSHING, "tests") == []


def test_no_page_prints_words_as_markup() -> None:
    """What is markup is made by ``format_html``; letters in plain text have none."""
    pages = [path for path in source.templates() if path.suffix == ".html"]
    assert [path.relative_to(source.ROOT) for path in pages if UNESCAPED.search(path.read_text())] == []
