"""One connection to the mail server, kept while it works."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from attesta.mail import failures
from attesta.mail.rules import LONGEST_ANSWER, Failure

logger = logging.getLogger(__name__)


class Line:
    """Use as a context manager. After a failure the next ``open`` connects anew."""

    def __init__(self) -> None:
        self._mailer: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> Failure | None:
        """Connect unless connected. Returns why it failed."""
        if self._mailer is not None:
            return None
        mailer = mailers.default
        if isinstance(mailer, EmailBackend):
            mailer.timeout = min(mailer.timeout or LONGEST_ANSWER, LONGEST_ANSWER)
        self._mailer = mailer
        try:
            mailer.open()
        except Exception as error:
            logger.warning("the mail server cannot be reached: %s", type(error).__name__)
            self.close()
            return failures.of_opening(error)
        return None

    def send(self, message: EmailMultiAlternatives) -> None:
        """Raises what the mailer raises; the line is then closed."""
        assert self._mailer is not None, "open the line first"
        try:
            self._mailer.send_messages([message])
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        mailer, self._mailer = self._mailer, None
        if mailer is None:
            return
        try:
            mailer.close()
        except OSError as error:
            logger.info("the mail server hung up first: %s", type(error).__name__)
