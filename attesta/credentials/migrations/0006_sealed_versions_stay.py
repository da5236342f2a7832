"""The triggers of 0003 again, which SQLite lost when 0005 rebuilt the table; what a version is sealed with stays too."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

OLD = ("id", "credential_id", "number", "sha256", "size", "page_count", "blob", "reason", "issued_on", "created_at")
NEW = (*OLD, "source", "source_sha256", "certificate_id", "sealed_at")
DROP = {
    "sqlite": "DROP TRIGGER IF EXISTS credentials_version_stays",
    "postgresql": "DROP TRIGGER IF EXISTS credentials_version_stays ON credentials_version",
}


def trigger(vendor: str, fixed: tuple[str, ...]) -> str:
    if vendor == "postgresql":
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in fixed)
        return (
            "CREATE TRIGGER credentials_version_stays BEFORE UPDATE ON credentials_version FOR EACH ROW"
            f" WHEN ({changed}) EXECUTE FUNCTION credentials_version_stays()"
        )
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in fixed)
    return (
        f"CREATE TRIGGER credentials_version_stays BEFORE UPDATE OF {', '.join(fixed)} ON credentials_version"
        f" WHEN {changed} BEGIN SELECT RAISE(ABORT, 'a version never changes'); END"
    )


def forbid(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    editor.execute(DROP[vendor])
    editor.execute(trigger(vendor, NEW))


def forbid_as_before(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    editor.execute(DROP[vendor])
    editor.execute(trigger(vendor, OLD))


class Migration(migrations.Migration):
    dependencies = [("credentials", "0005_sealing_templates_batches")]
    operations = [migrations.RunPython(forbid, forbid_as_before)]
