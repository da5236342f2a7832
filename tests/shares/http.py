"""Shares of a running product, and browsers that post to it without a person."""

from __future__ import annotations

import json
import secrets

import httpx

from tests.harness.server import RunningServer

CSRF = "c" * 32
PLAIN = False  # ``verify``: nothing here speaks HTTPS, and reading the certificates of a client takes 25 ms
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

SHARE = """
import json
from django.utils import timezone
from attesta.accounts.models import Person
from attesta.credentials.models import Credential
from attesta.shares import actions, tokens
from attesta.shares.models import Channel, Share
from tests.harness import cast
zoe = Person.objects.filter(email="zoe@example.org").first() or cast.zoe()
issuer = cast.Organization.objects.first() or cast.institution()
diploma = Credential.objects.first() or cast.diploma(zoe, issuer)
options = {options}
options.setdefault("channel", Channel.LINK)
offer = actions.Offer(name="Foule", language="fr", **options)
share = actions.create(by=zoe, credentials=[diploma], offer=offer)[0]
print(json.dumps({{"id": str(share.id), "token": tokens.token_of(share)}}))
"""
FACTS = """
import json
from attesta.activity.models import Line
from attesta.shares.models import Share, Visit
share = Share.objects.get(pk="{id}")
lines = list(Line.objects.filter(share_id=share.id).order_by("id").values_list("verb", flat=True))
visits = Visit.objects.filter(share=share).count()
print(json.dumps({{"consultations": share.consultations, "enabled": share.enabled, "lines": lines, "visits": visits}}))
"""


def make(product: RunningServer, **options: object) -> dict[str, str]:
    return dict(json.loads(product.shell(SHARE.format(options=options)).splitlines()[-1]))


def facts(product: RunningServer, share: dict[str, str]) -> dict[str, object]:
    return dict(json.loads(product.shell(FACTS.format(id=share["id"])).splitlines()[-1]))


def post_open(product: RunningServer, share: dict[str, str], *, device: str = "", **form: str) -> httpx.Response:
    """One browser that posts the cover's form; it does not follow the redirect."""
    return httpx.post(
        product.url(f"/s/{share['token']}"),
        data={"csrfmiddlewaretoken": CSRF, **form},
        cookies={"csrftoken": CSRF, "device": device or secrets.token_urlsafe(16)},
        headers={"User-Agent": AGENT},
        timeout=60,
        verify=PLAIN,
    )


def owner(product: RunningServer) -> httpx.Client:
    """Zoé's browser, signed in by her session."""
    code = """
from importlib import import_module
from django.conf import settings
from attesta.accounts.models import Person
zoe = Person.objects.get(email="zoe@example.org")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session["_auth_user_id"] = str(zoe.pk)
session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
session["_auth_user_hash"] = zoe.get_session_auth_hash()
session.create()
print(session.session_key)
"""
    key = product.shell(code).splitlines()[-1]
    return httpx.Client(cookies={"sessionid": key, "csrftoken": CSRF}, timeout=60, verify=PLAIN)
