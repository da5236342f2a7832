"""Who checks a batch or issues a row of it holds a lease; a row that kills its workers is noticed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0007_staffs_lists")]
    operations = [
        migrations.AddField(
            model_name="batch",
            name="taken_until",
            field=models.DateTimeField(help_text="Then whoever checks it is taken for dead.", null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="attempts",
            field=models.PositiveIntegerField(default=0, help_text="How often it was taken."),
        ),
    ]
