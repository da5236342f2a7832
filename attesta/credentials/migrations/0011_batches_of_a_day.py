"""How many documents its author had handed in alone, shortly before each batch."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0010_terms_take_less_room")]
    operations = [
        migrations.AddField(
            model_name="batch",
            name="alone_before",
            field=models.PositiveIntegerField(
                db_default=0, default=0, help_text="Documents that its author had handed in alone within the day before."
            ),
        ),
    ]
