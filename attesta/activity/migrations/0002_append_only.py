"""Triggers that refuse UPDATE and DELETE on the ledger, on both databases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    f"CREATE TRIGGER activity_line_no_{verb.lower()} BEFORE {verb} ON activity_line"
    " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """
    CREATE FUNCTION activity_line_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
    """,
    "CREATE TRIGGER activity_line_no_change BEFORE UPDATE OR DELETE ON activity_line"
    " FOR EACH ROW EXECUTE FUNCTION activity_line_append_only()",
    "CREATE TRIGGER activity_line_no_truncate BEFORE TRUNCATE ON activity_line"
    " FOR EACH STATEMENT EXECUTE FUNCTION activity_line_append_only()",
]


def forbid(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def allow(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER activity_line_no_change ON activity_line")
        editor.execute("DROP TRIGGER activity_line_no_truncate ON activity_line")
        editor.execute("DROP FUNCTION activity_line_append_only()")
    else:
        editor.execute("DROP TRIGGER activity_line_no_update")
        editor.execute("DROP TRIGGER activity_line_no_delete")


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
