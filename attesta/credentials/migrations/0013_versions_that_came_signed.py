"""Whether a file that is kept as it was handed in carried a signature: unknown of those that are there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0012_who_answers_for_a_batch")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="came_signed",
            field=models.BooleanField(
                help_text="Did the file, kept as it was handed in, carry a signature? Nobody judged it.", null=True
            ),
        ),
    ]
