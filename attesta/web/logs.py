"""Keeps tokens, documents' codes and query strings out of every log line."""

from __future__ import annotations

import logging
import re

TELLING = re.compile(r"(/(?:s|verify)/)[^/?\s'\"]+")
QUERY = re.compile(r"(\?)[^\s'\"]+")


def redact(text: str) -> str:
    """``/s/<token>``, ``/verify/<code>`` and anything behind a question mark lose their value."""
    return QUERY.sub(r"\1…", TELLING.sub(r"\1…", text))


class RedactTokens(logging.Filter):
    """Rewrites message, arguments and traceback of a record before it is formatted."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True
