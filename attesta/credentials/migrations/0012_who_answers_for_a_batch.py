"""Who set a batch going, in whose name its documents are issued; when a colleague took it over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def started_by_their_authors(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """So it was until now."""
    started = apps.get_model("credentials", "Batch").objects.filter(started_at__isnull=False)
    started.update(started_by=models.F("created_by"))


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0011_batches_of_a_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="batch",
            name="started_by",
            field=models.ForeignKey(help_text='Who started or resumed it last: its documents are issued in their name.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by'),
        ),
        migrations.AddField(
            model_name="batch",
            name="taken_over_at",
            field=models.DateTimeField(help_text="When created_by took the place of created_label.", null=True),
        ),
        migrations.RunPython(started_by_their_authors, migrations.RunPython.noop),
    ]
