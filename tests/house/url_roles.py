"""Every URL and what each role gets there. A URL without a row fails a test; so does an answer that differs.

``owner`` is Zoé; ``learner`` another learner; ``staff_x`` acts for the institution that issued her diploma,
``staff_y`` for another; ``recipient`` is a browser that opened Zoé's share; ``operator`` runs the service.
"login" is a redirect to sign-in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from tests.issuer import desk_urls

type Answer = int | str

ROLES = ("anonymous", "recipient", "owner", "learner", "staff_x", "staff_y", "operator")


@dataclass(frozen=True, slots=True)
class Row:
    """One request. ``path`` may name things of the world: ``{share}``, ``{document}``, ``{visit}``, ``{token}``…"""

    method: str
    path: str
    expected: tuple[Answer, ...]
    data: dict[str, str] = field(default_factory=dict)


def everyone(answer: Answer) -> tuple[Answer, ...]:
    return (answer,) * len(ROLES)


def signed_in(answer: Answer) -> tuple[Answer, ...]:
    """The same for every person; others sign in first."""
    return ("login", "login", *(answer,) * 5)


def owner(answer: Answer) -> tuple[Answer, ...]:
    """Someone else's object is not there."""
    return ("login", "login", answer, 404, 404, 404, 404)


def with_passkey(answer: Answer) -> tuple[Answer, ...]:
    """Only Zoé has one."""
    return ("login", "login", answer, 302, 302, 302, 302)


def visitors_only(answer: Answer) -> tuple[Answer, ...]:
    """The browser that opened the share; not even its owner."""
    return (404, answer, 404, 404, 404, 404, 404)


def desk(answer: Answer) -> tuple[Answer, ...]:
    """Pages of the institution that ``staff_x`` acts for."""
    return ("login", "login", 404, 404, answer, 404, 404)


def operations(answer: Answer) -> tuple[Answer, ...]:
    """Whoever runs the service; for everybody else there is nothing, not even a sign-in."""
    return (*(404,) * 6, answer)


def strangers(answer: Answer, *, people: Answer) -> tuple[Answer, ...]:
    """Pages for those who have not signed in."""
    return (answer, answer, *(people,) * 5)


MAIL = {"email": "nobody@example.org"}
SLUG = "universite-du-fleuve"
ANY = dict.fromkeys(("document", "template", "batch", "person", "invitation"), UUID(int=0))
SHOWN = (
    *("accounts_person", "activity_line", "credentials_batch", "credentials_credential", "credentials_template"),
    *("mail_letter", "organizations_organization", "shares_share"),
)
"""Of what the operators' view has a list and a page each."""

ROWS: dict[str, list[Row]] = {
    # --- supervisors and the hall
    "livez": [Row("GET", "/livez", everyone(200))],
    "readyz": [Row("GET", "/readyz", everyone(200))],
    "web:home": [Row("GET", "/", strangers(200, people=302))],
    "web:language": [Row("POST", "/language/", everyone(302), {"language": "en", "next": "/"})],
    "web:robots": [Row("GET", "/robots.txt", everyone(200))],
    "web:favicon": [Row("GET", "/favicon.ico", everyone(301))],
    "web:components": [Row("GET", "/_components/", everyone(200))],
    # --- the learner's door
    "learner:account": [Row("GET", "/account/", signed_in(200))],
    "learner:session-end": [Row("POST", "/account/sessions/nobody-s/end/", signed_in(302))],
    "learner:documents": [Row("GET", "/documents/", signed_in(200))],
    "learner:document": [Row("GET", "/documents/{document}/", owner(200))],
    "learner:document-page": [Row("GET", "/documents/{document}/pages/1/", owner(200))],
    "learner:document-text": [Row("GET", "/documents/{document}/pages/1/text", owner(200))],
    "learner:document-file": [Row("GET", "/documents/{document}/file/", owner(200))],
    "learner:shares": [Row("GET", "/shares/", signed_in(200))],
    "learner:share-new": [
        Row("GET", "/shares/new/", signed_in(200)),
        Row("GET", "/shares/new/?document={document}", owner(200)),
    ],
    "learner:share-done": [Row("GET", "/shares/new/done/{request_key}/", owner(200))],
    "learner:share": [Row("GET", "/shares/{share}/", owner(200))],
    "learner:share-show-pin": [Row("POST", "/shares/{share}/pin/", owner(302))],
    "learner:share-qr": [Row("GET", "/shares/{share}/qr.svg", owner(200))],
    "learner:share-activity": [Row("GET", "/shares/{share}/activity.csv", owner(200))],
    "learner:share-paper": [Row("GET", "/shares/{share}/activity.pdf", owner(200))],
    "learner:share-edit": [
        Row("GET", "/shares/{share}/edit/", owner(200)),
        Row("POST", "/shares/{share}/edit/", owner(302), {"name": "Admission", "version": "1", "expiry": "none"}),
    ],
    "learner:share-preview": [Row("GET", "/shares/{share}/preview/", owner(200))],
    "learner:share-disable": [Row("POST", "/shares/{share}/disable/", owner(302))],
    "learner:share-enable": [Row("POST", "/shares/{share}/enable/", owner(302))],
    "learner:share-resend": [Row("POST", "/shares/{share}/resend/", owner(302))],
    "learner:share-told": [Row("POST", "/shares/{share}/told/", owner(302))],
    "learner:share-renew": [Row("POST", "/shares/{share}/renew/", owner(302))],
    "learner:share-renew-confirm": [Row("GET", "/shares/{share}/renew/confirm/", owner(200))],
    "learner:share-reopen": [Row("POST", "/shares/{share}/reopen/", owner(302))],
    # --- the recipient's door: whoever holds the link
    "recipient:share": [
        Row("GET", "/s/{token}", everyone(200)),
        Row("POST", "/s/{token}", everyone(403), {"pin": "000000"}),
        Row("GET", "/s/unknown", everyone(404)),
        Row("POST", "/s/unknown", everyone(404), {"pin": "000000"}),
    ],
    "recipient:code": [Row("POST", "/s/{token}/code", everyone(303)), Row("POST", "/s/unknown/code", everyone(303))],
    "recipient:ask": [Row("GET", "/s/{token}/ask", everyone(200)), Row("GET", "/s/unknown/ask", everyone(200))],
    "recipient:visit": [Row("GET", "/visits/{visit}/", visitors_only(200))],
    "recipient:visit-page": [Row("GET", "/visits/{visit}/documents/{document}/pages/1", visitors_only(200))],
    "recipient:visit-text": [Row("GET", "/visits/{visit}/documents/{document}/pages/1/text", visitors_only(200))],
    "recipient:visit-file": [Row("GET", "/visits/{visit}/documents/{document}/file", visitors_only(200))],
    "recipient:visit-print": [Row("GET", "/visits/{visit}/documents/{document}/print", visitors_only(200))],
    # --- the verifier's door: anyone, the same for everyone
    "verifier:verify": [
        Row("GET", "/verify/", everyone(200)),
        Row("POST", "/verify/", everyone(422)),
        Row("GET", "/verify/?code={code}", everyone(302)),
        Row("GET", "/verify/?code=wrong", everyone(422)),
    ],
    "verifier:printed": [
        Row("GET", "/verify/{code}", everyone(200)),
        Row("GET", "/verify/unknown", everyone(404)),
    ],
    "verifier:roots": [Row("GET", "/verify/roots/", everyone(200))],
    "verifier:root": [Row("GET", "/verify/roots/unknown.pem", everyone(404))],
    "verifier:revocation-list": [Row("GET", "/verify/roots/unknown.crl", everyone(404))],
    # --- the issuer's door: staff alone, and not without a second factor (tests/issuer/test_isolation.py: every role)
    "issuer:home": [Row("GET", "/issuer/", ("login", "login", 404, 404, 302, 302, 404))],
    **{
        f"issuer:{name}": [Row(row.method, desk_urls.address(name, SLUG, ANY), desk(403))]
        for name, row in desk_urls.ROWS.items()
    },
    # --- the operators' view: not without a second factor (tests/web/test_operations.py: what it shows)
    "admin:index": [Row("GET", "/operations/", operations(403))],
    "admin:app_list": [Row("GET", "/operations/shares/", operations(403))],
    "admin:jsi18n": [Row("GET", "/operations/words/", operations(403))],
    **{
        f"admin:{name}_changelist": [Row("GET", f"/operations/{name.replace('_', '/')}/", operations(403))]
        for name in SHOWN
    },
    **{
        f"admin:{name}_change": [
            Row(method, f"/operations/{name.replace('_', '/')}/{UUID(int=0)}/change/", operations(403))
            for method in ("GET", "POST")
        ]
        for name in SHOWN
    },
    # --- sign-in and one's own account: no address names somebody else's things, but for passkeys
    "account_login": [Row("GET", "/accounts/login/", strangers(200, people=302))],
    "account_logout": [Row("GET", "/accounts/logout/", strangers(302, people=200))],
    "account_inactive": [Row("GET", "/accounts/inactive/", everyone(200))],
    "account_signup": [Row("GET", "/accounts/signup/", strangers(200, people=302))],
    "account_reauthenticate": [Row("GET", "/accounts/reauthenticate/", signed_in(200))],
    "account_email": [Row("GET", "/accounts/email/", signed_in(200))],
    "account_email_verification_sent": [Row("GET", "/accounts/confirm-email/", strangers("login", people=302))],
    "account_change_password": [Row("GET", "/accounts/password/change/", signed_in(200))],
    "account_set_password": [Row("GET", "/accounts/password/set/", signed_in(302))],
    "account_reset_password": [
        Row("GET", "/accounts/password/reset/", everyone(200)),
        Row("POST", "/accounts/password/reset/", everyone(302), MAIL),
    ],
    "account_confirm_login_code": [Row("GET", "/accounts/login/code/confirm/", strangers("login", people=302))],
    "account_confirm_password_reset_code": [Row("GET", "/accounts/password/reset/confirm/", everyone("login"))],
    "account_complete_password_reset": [Row("GET", "/accounts/password/reset/complete/", everyone(302))],
    "account_password_reset_completed": [Row("GET", "/accounts/password/reset/done/", everyone(200))],
    "mfa_index": [Row("GET", "/accounts/2fa/", signed_in(200))],
    "mfa_authenticate": [Row("GET", "/accounts/2fa/authenticate/", strangers("login", people=302))],
    "mfa_reauthenticate": [Row("GET", "/accounts/2fa/reauthenticate/", signed_in(302))],
    "mfa_activate_totp": [Row("GET", "/accounts/2fa/totp/activate/", signed_in(200))],
    "mfa_deactivate_totp": [Row("GET", "/accounts/2fa/totp/deactivate/", signed_in(404))],
    "mfa_view_recovery_codes": [Row("GET", "/accounts/2fa/recovery-codes/", signed_in(404))],
    "mfa_generate_recovery_codes": [Row("GET", "/accounts/2fa/recovery-codes/generate/", signed_in(200))],
    "mfa_download_recovery_codes": [Row("GET", "/accounts/2fa/recovery-codes/download/", signed_in(404))],
    "mfa_list_webauthn": [Row("GET", "/accounts/2fa/webauthn/", signed_in(200))],
    "mfa_add_webauthn": [Row("GET", "/accounts/2fa/webauthn/add/", signed_in(200))],
    "mfa_reauthenticate_webauthn": [Row("GET", "/accounts/2fa/webauthn/reauthenticate/", with_passkey(200))],
    "mfa_remove_webauthn": [Row("GET", "/accounts/2fa/webauthn/keys/{passkey}/remove/", owner(200))],
    "mfa_edit_webauthn": [Row("GET", "/accounts/2fa/webauthn/keys/{passkey}/edit/", owner(200))],
    "mfa_login_webauthn": [Row("GET", "/accounts/2fa/webauthn/login/", strangers("login", people=302))],
    "usersessions_list": [Row("GET", "/accounts/sessions/", signed_in(200))],
}
