"""A higher threshold counts only after a delay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0004_members_and_approval")]
    operations = [
        migrations.AddField(
            model_name="organization",
            name="approval_rising_to",
            field=models.PositiveIntegerField(
                blank=True, help_text="What approval_above becomes at approval_rises_at.", null=True
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="approval_rises_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approval_rises_at", None),
                    ("approval_rising_to", None),
                )
                | models.Q(
                    ("approval_rises_at__isnull", False),
                    ("approval_rising_to__gt", models.F("approval_above")),
                ),
                name="organization_rise_has_a_moment",
            ),
        ),
    ]
