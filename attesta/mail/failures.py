"""From an exception to what it means for the letter."""

from __future__ import annotations

import smtplib

from attesta.mail.envelopes import AddressRefused
from attesta.mail.rules import Failure, Reason, Stage, answer


def of_opening(error: Exception) -> Failure:
    """Why no connection to the mail server could be made. Never final: it says nothing about the letter."""
    if _timed_out(error):
        return Failure(Reason.TIMED_OUT)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure(Reason.SENDER_REFUSED, detail=str(error.smtp_code))
    if isinstance(error, smtplib.SMTPResponseException):
        return answer(error.smtp_code, _words(error.smtp_error), stage=Stage.CONNECTION)
    return Failure(Reason.UNREACHABLE)


def of_sending(error: Exception) -> Failure:
    """Why an open connection did not take a letter."""
    if isinstance(error, AddressRefused):
        return Failure(Reason.ADDRESS_INVALID, final=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return answer(code, _words(words), stage=Stage.RECIPIENT)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return answer(error.smtp_code, _words(error.smtp_error), stage=Stage.SENDER)
    if isinstance(error, smtplib.SMTPResponseException):
        return answer(error.smtp_code, _words(error.smtp_error), stage=Stage.CONTENT)
    if _timed_out(error):
        return Failure(Reason.TIMED_OUT)
    return Failure(Reason.CUT_OFF if isinstance(error, OSError) else Reason.NOT_WRITTEN)


def _timed_out(error: BaseException | None) -> bool:
    """smtplib wraps the timeout of a read into SMTPServerDisconnected."""
    while error is not None:
        if isinstance(error, TimeoutError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _words(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
