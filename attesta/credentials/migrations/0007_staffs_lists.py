"""What staff's lists read along: documents by issuer and day of issue, and those of a kind that is rarer.

On PostgreSQL words are compared by their code points, so that a range of the index is what begins alike.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F, Q


def collate(collation: str) -> str:
    return f'ALTER TABLE credentials_term ALTER COLUMN word TYPE varchar(80) COLLATE "{collation}"'


def by_code_point(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(collate("C"))


def as_before(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(collate("default"))


def newest(name: str, condition: Q) -> migrations.AddIndex:
    index = models.Index("issuer", F("created_at").desc(), F("id").desc(), name=name, condition=condition)
    return migrations.AddIndex(model_name="credential", index=index)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0006_sealed_versions_stay")]
    operations = [
        migrations.AddIndex(
            model_name="credential",
            index=models.Index("issuer", F("issued_on").desc(), F("id").desc(), name="credential_by_day_of_issue"),
        ),
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(
                "issuer",
                F("expires_on").desc(),
                F("id").desc(),
                name="credential_by_expiry",
                condition=Q(expires_on__isnull=False),
            ),
        ),
        newest("credential_revoked", Q(revoked_at__isnull=False)),
        newest("credential_updated", Q(updated_at__isnull=False)),
        newest("credential_claimed", Q(learner__isnull=False)),
        newest("credential_unclaimed", Q(learner__isnull=True)),
        migrations.RunPython(by_code_point, as_before),
    ]
