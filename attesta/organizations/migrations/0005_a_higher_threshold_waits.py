"""A higher threshold counts only after a delay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0004_members_and_approval")]
    operations = [
        migrations.AddField(
            model_name="organization",
            name="approval_rising_to",
            field=models.PositiveIntegerField(blank=True, help_text='A higher number counts only after three days.', null=True, verbose_name='what that number becomes'),
        ),
        migrations.AddField(
            model_name="organization",
            name="approval_rises_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name='when it does'),
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
