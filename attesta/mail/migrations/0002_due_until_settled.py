# Settled letters lose their due date, so that the index of what is to send stays small.

from django.db import migrations, models


def empty_due_of_settled(apps, schema_editor):
    apps.get_model('mail', 'Letter').objects.filter(settled_at__isnull=False).update(due_at=None)


def fill_due_of_settled(apps, schema_editor):
    apps.get_model('mail', 'Letter').objects.filter(due_at=None).update(due_at=models.F('settled_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_settled_at_the_end',
        ),
        migrations.RemoveIndex(
            model_name='letter',
            name='letter_due',
        ),
        migrations.AlterField(
            model_name='letter',
            name='due_at',
            field=models.DateTimeField(help_text='Not before; empty once settled, so that workers pass it by.', null=True, verbose_name='not sent before'),
        ),
        migrations.RunPython(empty_due_of_settled, fill_due_of_settled),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(models.F('due_at'), models.F('id'), condition=models.Q(('due_at__isnull', False)), name='letter_to_send'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('settled_at', None), ('state__in', ['queued', 'sending'])), models.Q(('due_at', None), ('settled_at__isnull', False), ('state__in', ['sent', 'dead', 'withdrawn'])), _connector='OR'), name='letter_due_or_settled'),
        ),
    ]
