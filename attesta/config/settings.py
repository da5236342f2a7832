"""All settings, from the environment alone (see ``environment.py`` and docs/operating.md)."""

from __future__ import annotations

from typing import Any

import django_stubs_ext
from django.utils.csp import CSP

from attesta.config.environment import Environment, Mode

django_stubs_ext.monkeypatch()  # lets admin classes name their model: ModelAdmin[Line]

env = Environment()
MODE = env.mode()
DEMONSTRATION = MODE is Mode.DEMONSTRATION
PRODUCTION = MODE is Mode.PRODUCTION
TESTING = MODE is Mode.TEST
DATA_DIR = env.data_dir

KEY_FILES_ALLOWED = not PRODUCTION or env.flag("ATTESTA_ALLOW_KEY_FILES")

OWN_SEALS = (
    {}
    if KEY_FILES_ALLOWED
    else {"ATTESTA_SEALS_FILE": "institutions' own sealing keys (docs/sealing.md); or ATTESTA_ALLOW_KEY_FILES=yes"}
)
if PRODUCTION:
    env.required(
        OWN_SEALS
        | {
            "ATTESTA_SECRET_KEY": "a long random text that signs sessions (openssl rand -base64 48 makes one)",
            "ATTESTA_BASE_URL": "the address people use, for example https://attesta.example.org",
            "ATTESTA_DATABASE_URL": "where data lives, for example postgres://user:password@host/attesta",
            "ATTESTA_SMTP_URL": "how letters leave, for example smtp+tls://user:password@host:587",
            "ATTESTA_MAIL_FROM": "who letters come from, for example 'Attesta <no-reply@example.org>'",
            "ATTESTA_KEYS_DIR": "the folder of the encryption keys (bin/attesta create-keys makes the first)",
        }
    )

BASE_URL = env.address("ATTESTA_BASE_URL", default="http://localhost:8000", guarded=PRODUCTION)
HTTPS = BASE_URL.startswith("https://")
HOST = BASE_URL.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0]
SECRET_KEY = env.text("ATTESTA_SECRET_KEY", default="demonstration-or-test-only-never-in-production")
ALLOWED_HOSTS = env.words(
    "ATTESTA_ALLOWED_HOSTS", default=[HOST] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DEBUG = env.flag("ATTESTA_DEBUG") and not PRODUCTION
TRUSTED_PROXIES = env.number("ATTESTA_TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "attesta.config",
    "attesta.learner",
    "attesta.recipient",
    "attesta.verifier",
    "attesta.issuer",
    "attesta.web",
    "django.forms",
    "attesta.shares",
    "attesta.credentials",
    "attesta.organizations",
    "attesta.accounts",
    "attesta.activity",
    "attesta.mail",
    "attesta.vault",
    "attesta.config.apps.OperationsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]
if DEMONSTRATION:
    INSTALLED_APPS.insert(0, "demo")

MIDDLEWARE = [
    "attesta.web.middleware.network",
    "attesta.recipient.middleware.discreet",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "attesta.web.limits.limits",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "attesta.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "attesta.web.limits.uploads",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "attesta.accounts.middleware.presence",
    "django_htmx.middleware.HtmxMiddleware",
    "attesta.web.middleware.person",
]

ROOT_URLCONF = "attesta.config.urls"
WSGI_APPLICATION = "attesta.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "attesta.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "attesta.web.forms.Renderer"

# --- data ----------------------------------------------------------------------------------------

DATABASES = {"default": env.database("ATTESTA_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'attesta.sqlite3'}")}
SQLITE_SYNCHRONOUS = env.text("ATTESTA_SQLITE_SYNCHRONOUS", default="NORMAL").upper()
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={'FULL' if SQLITE_SYNCHRONOUS == 'FULL' else 'NORMAL'};"
            " PRAGMA foreign_keys=ON;"
            " PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864;"
        ),
    }
elif not env.flag("ATTESTA_DATABASE_POOLER"):  # behind one, a connection's plans may be another's
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 0  # see activity.statements
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KEYS_DIR = env.folder("ATTESTA_KEYS_DIR", default=DATA_DIR / "keys")
SEALS_DIR = env.folder("ATTESTA_SEALS_DIR", default=KEYS_DIR / "seals")  # Attesta's own certificate authority
SEALS_FILE = env.text("ATTESTA_SEALS_FILE")  # institutions' own certificates (docs/sealing.md)
PKCS11_MODULE = env.text("ATTESTA_PKCS11_MODULE")
PKCS11_TOKEN = env.text("ATTESTA_PKCS11_TOKEN")
PKCS11_PIN_FILE = env.text("ATTESTA_PKCS11_PIN_FILE")
VAULT_DIR = env.folder("ATTESTA_VAULT_DIR", default=DATA_DIR / "vault")
STATICFILES = {
    Mode.PRODUCTION: "whitenoise.storage.CompressedManifestStaticFilesStorage",
    Mode.DEMONSTRATION: "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",  # compressing takes seconds
    Mode.TEST: "django.contrib.staticfiles.storage.StaticFilesStorage",
}
STORAGES = {
    "default": {"BACKEND": "attesta.vault.storage.VaultStorage"},
    "staticfiles": {"BACKEND": STATICFILES[MODE]},
}
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("ATTESTA_STATIC_DIR", default=DATA_DIR / "static")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING  # files of the working tree, looked for when asked for
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Files are taken at these addresses alone (web/limits.py), and held in memory: none reaches the disk in the clear.
MEBIBYTE = 1024 * 1024
STRANGERS_UPLOAD = 26 * MEBIBYTE
UPLOADS = {"/issuer/": 100 * MEBIBYTE, "/verify/": STRANGERS_UPLOAD}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = max(UPLOADS.values())

# --- people --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [{"NAME": "attesta.accounts.validators.PasswordRules"}]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/documents/"

ACCOUNT_ADAPTER = "attesta.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
# A campus signs in from one address: places get room, accounts do not.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "100/m/ip",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
ACCOUNT_FORMS = {
    "login": "attesta.accounts.forms.SignInForm",
    "signup": "attesta.accounts.forms.SignUpForm",
    "add_email": "attesta.accounts.forms.AddAddressForm",
    "change_password": "attesta.accounts.forms.ChangePasswordForm",
    "set_password": "attesta.accounts.forms.SetPasswordForm",
    "reset_password": "attesta.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "attesta.accounts.forms.ReplacePasswordForm",
    "reauthenticate": "attesta.accounts.forms.ReauthenticateForm",
    "confirm_email_verification_code": "attesta.accounts.forms.AddressCodeForm",
    "confirm_password_reset_code": "attesta.accounts.forms.PasswordCodeForm",
    "confirm_login_code": "attesta.accounts.forms.SignInCodeForm",
}
MFA_ADAPTER = "attesta.accounts.factors.FactorAdapter"
MFA_FORMS = {
    "authenticate": "attesta.accounts.forms.FactorForm",
    "reauthenticate": "attesta.accounts.forms.FactorAgainForm",
    "activate_totp": "attesta.accounts.forms.AddAppForm",
    "login_webauthn": "attesta.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "attesta.accounts.forms.PasskeyFactorForm",
    "reauthenticate_webauthn": "attesta.accounts.forms.PasskeyAgainForm",
    "add_webauthn": "attesta.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "attesta.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not (HTTPS or PRODUCTION)
MFA_TOTP_ISSUER = "Attesta"
MFA_TOTP_TOLERANCE = 1
# Addresses are proved by code before they belong to an account, so none is ever unverified beside a factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# accounts.middleware.presence notes sessions, without a write on every page.
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Attempts at sign-in are counted here: one count for all server processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "attesta_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"
FORMAT_MODULE_PATH = ["attesta.web.formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

# --- mail ----------------------------------------------------------------------------------------

INVITATIONS_A_DAY = env.number("ATTESTA_INVITATIONS_A_DAY", default=200)
KEEP_LETTERS_DAYS = max(1, env.number("ATTESTA_KEEP_LETTERS_DAYS", default=90))
MAIL_FROM = env.text("ATTESTA_MAIL_FROM", default="Attesta <no-reply@localhost>")
DEFAULT_FROM_EMAIL = MAIL_FROM
SMTP = env.smtp("ATTESTA_SMTP_URL")
SMTP_TIMEOUT = env.number("ATTESTA_SMTP_TIMEOUT", default=15)
if SMTP:
    MAILERS: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": SMTP | {"timeout": SMTP_TIMEOUT},
        }
    }
elif DEMONSTRATION:
    # Nothing leaves the machine: /_mail/ shows what would have been sent.
    MAILERS = {"default": {"BACKEND": "demo.backend.KeepMail"}}
else:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

# --- defence -------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS and TRUSTED_PROXIES > 0  # only a trusted proxy can say what it was asked over
SECURE_REDIRECT_EXEMPT = ["^livez$", "^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "attesta.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "attesta.web.errors.csrf_failure"

# --- logs: never a token, a PIN or a query string -----------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "attesta.web.logs.RedactTokens"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["redact"]}},
    "root": {"handlers": ["stderr"], "level": env.text("ATTESTA_LOG_LEVEL", default="WARNING")},
    "loggers": {
        "attesta": {"level": "INFO"},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
