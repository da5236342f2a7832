"""How often whoever checked a batch vanished is counted apart from its version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0013_versions_that_came_signed")]
    operations = [
        migrations.AddField(
            model_name="batch",
            name="tries",
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='How often whoever checked it vanished, and one more for who has it in hand.', verbose_name='attempts to check it'),
        ),
    ]
