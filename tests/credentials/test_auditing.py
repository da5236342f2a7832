"""``bin/attesta check-documents`` tells a whole vault from one that lacks a byte."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from attesta.credentials import actions
from attesta.credentials.contents import context
from attesta.credentials.models import Credential, Renewal
from attesta.vault import blobs
from tests.harness.forgeries import flipped

pytestmark = pytest.mark.django_db
WHOLE = "Versions that can be read, byte for byte as they were issued: all 1.\n"


def checked() -> str:
    out = StringIO()
    try:
        call_command("check-documents", stdout=out)
    except CommandError as problem:
        return f"{out.getvalue()}{problem}"
    return out.getvalue()


def test_every_version_is_read_and_a_revoked_one_too(diploma: Credential) -> None:
    actions.revoke(credential=diploma, reason="Issued by mistake.", shown=False)
    assert checked() == WHOLE


def test_trust_38_a_lost_and_an_altered_file_are_named(diploma: Credential) -> None:
    version = diploma.versions.get()
    file = Path(settings.VAULT_DIR) / blobs.place(version.blob)
    whole = file.read_bytes()
    file.unlink()
    said = f"{diploma.pk}  version 1  %s\nOf 1 versions, 1 cannot be read as they were issued."
    assert checked() == said % f"The stored file {version.blob} is not there."
    file.write_bytes(flipped(whole, -1, 1))
    assert checked() == said % "This was altered since it was stored."
    file.write_bytes(whole)
    assert checked() == WHOLE


def test_a_renewed_seal_is_compared_too(diploma: Credential) -> None:
    version = diploma.versions.get()
    assert version.data_key
    digest = "0" * 64
    blob = blobs.put(b"%PDF", key=version.data_key, context=context(version, f"renewal {digest}"))
    Renewal.objects.create(version=version, sha256=digest, size=4, blob=blob)
    assert checked().splitlines()[0] == f"{diploma.pk}  version 1  This is not what was issued."
