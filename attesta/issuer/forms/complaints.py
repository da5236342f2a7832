"""What an action refused, put where it can be mended."""

from __future__ import annotations

from django import forms

from attesta.credentials.rules import Refusal, Refused

FIELDS: dict[str, tuple[str, ...]] = {
    Refusal.EMAIL_INVALID: ("learner_email", "email"),
    Refusal.SAME_ADDRESS: ("email",),
    Refusal.NAME_TOO_LONG: ("learner_name",),
    Refusal.NUMBER_TOO_LONG: ("number",),
    Refusal.NUMBER_TAKEN: ("number",),
    Refusal.NUMBER_REVOKED: ("number",),
    Refusal.TITLE_MISSING: ("title_fr",),
    Refusal.TITLE_TOO_LONG: ("title_fr",),
    Refusal.DAY_UNLIKELY: ("issued_on",),
    Refusal.ISSUED_IN_FUTURE: ("issued_on",),
    Refusal.EXPIRES_BEFORE_ISSUED: ("expires_on",),
    Refusal.REASON_MISSING: ("reason",),
    Refusal.REASON_TOO_LONG: ("reason",),
}
OF_THE_FILE = frozenset(
    {
        *(Refusal.SAME_FILE, Refusal.EMPTY, Refusal.TOO_LARGE, Refusal.NOT_A_PDF, Refusal.POLYGLOT, Refusal.TRUNCATED),
        *(Refusal.ENCRYPTED, Refusal.DAMAGED, Refusal.TOO_MANY_PAGES, Refusal.PAGE_TOO_LARGE, Refusal.UNREADABLE),
        Refusal.ALREADY_SIGNED,
    }
)
FILE = "pdf"


def complain(form: forms.Form, problem: Refused) -> None:
    """Beside the field it speaks of, if the form has it; else above all of them."""
    if problem.code in OF_THE_FILE and FILE in form.fields:
        return complain_of_file(form, str(problem))
    names = FIELDS.get(problem.code, ())
    return form.add_error(next((name for name in names if name in form.fields), None), str(problem))


def complain_of_file(form: forms.Form, text: str) -> None:
    """In place of that there is none."""
    form.errors.pop(FILE, None)
    form.add_error(FILE, text)
