"""The ledger: append-only lines, written in the transaction of the change they tell of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Line(models.Model):
    """One event. Plain ids and labels, no foreign keys: a line outlives what it speaks of.

    ``facts`` holds what a sentence needs (document titles in both languages, from → to, a reason);
    never a token, never a PIN. ``chain`` and ``sequence`` are room for signed checkpoints per tenant.
    """

    id = models.BigAutoField("ID", primary_key=True)
    at = models.DateTimeField(_("moment"))
    verb = models.CharField(_("verb"), max_length=40)
    actor_id = models.UUIDField(_("ID of who acted"), null=True, help_text=_("The person who acted, when known."))
    actor_label = models.CharField(
        _("who acted"), max_length=254, blank=True, help_text=_("A name or address, as of then.")
    )
    owner_id = models.UUIDField(_("learner’s ID"), null=True, help_text=_("The learner whose history this is."))
    issuer_id = models.UUIDField(_("institution’s ID"), null=True)
    credential_id = models.UUIDField(
        _("document’s ID"), null=True, help_text=_("Set on lines about a credential itself.")
    )
    share_id = models.UUIDField(_("share’s ID"), null=True, help_text=_("Set on lines about a share."))
    visit_id = models.UUIDField(null=True)
    recipient_label = models.CharField(_("for whom"), max_length=254, blank=True)
    facts = models.JSONField(default=dict)
    chain = models.UUIDField(null=True)
    sequence = models.BigIntegerField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("ledger line"), _("ledger lines")
        indexes = [
            models.Index(
                "share_id", F("at").desc(), F("id").desc(), name="line_by_share", condition=Q(share_id__isnull=False)
            ),
            models.Index(
                "credential_id",
                F("at").desc(),
                F("id").desc(),
                name="line_by_credential",
                condition=Q(credential_id__isnull=False),
            ),
            models.Index(
                "issuer_id",
                F("id").desc(),
                name="line_by_institution",
                condition=Q(issuer_id__isnull=False, share_id=None, credential_id=None),
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_line_a_place")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.verb}"
