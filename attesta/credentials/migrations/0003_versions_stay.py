"""Triggers that refuse to change what a version says, on both databases. (A rebuilt SQLite table needs them again.)"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FIXED = ("id", "credential_id", "number", "sha256", "size", "page_count", "blob", "reason", "issued_on", "created_at")
COLUMNS = ", ".join(FIXED)
CHANGED_SQLITE = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIXED)
CHANGED_POSTGRESQL = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)

SQLITE = [
    f"CREATE TRIGGER credentials_version_stays BEFORE UPDATE OF {COLUMNS} ON credentials_version WHEN {CHANGED_SQLITE}"
    " BEGIN SELECT RAISE(ABORT, 'a version never changes'); END"
]
POSTGRESQL = [
    """
    CREATE FUNCTION credentials_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a version never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    f"CREATE TRIGGER credentials_version_stays BEFORE UPDATE ON credentials_version FOR EACH ROW"
    f" WHEN ({CHANGED_POSTGRESQL}) EXECUTE FUNCTION credentials_version_stays()",
]


def forbid(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def allow(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER credentials_version_stays ON credentials_version")
        editor.execute("DROP FUNCTION credentials_version_stays()")
    else:
        editor.execute("DROP TRIGGER credentials_version_stays")


class Migration(migrations.Migration):
    dependencies = [("credentials", "0002_search_and_drawing")]
    operations = [migrations.RunPython(forbid, allow)]
