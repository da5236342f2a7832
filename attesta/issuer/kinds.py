"""Kinds of documents in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from attesta.credentials.models import TemplateKind

KINDS = {
    TemplateKind.DIPLOMA: _("Diploma"),
    TemplateKind.TRANSCRIPT: _("Transcript"),
    TemplateKind.ATTESTATION: _("Attestation"),
}


def kind_word(kind: str) -> str:
    return str(KINDS[TemplateKind(kind)]) if kind in TemplateKind else kind
