"""Two indexes less on the table that grows most: what they would find, ``term_by_issuer`` and ``term_once`` find."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0009_renewals")]
    operations = [
        migrations.AlterField(
            model_name="term",
            name="issuer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.AlterField(
            model_name="term",
            name="credential",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="terms",
                to="credentials.credential",
            ),
        ),
    ]
