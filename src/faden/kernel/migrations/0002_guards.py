from django.db import migrations

from faden.kernel.migrations._sql import EXPIRE, FUNCTIONS, database_stamps
from faden.kernel.operations import GuardTable

CACHE = """
CREATE TABLE cache_entries (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX cache_entries_expires ON cache_entries (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS),
        GuardTable("auditevent", append_only=True),
        GuardTable("look", append_only=True),
        GuardTable("auditblock", append_only=True),
        GuardTable("auditexpiry", append_only=True),
        GuardTable("submission"),
        GuardTable("draft"),
        migrations.RunSQL(database_stamps("kernel_auditevent")),
        migrations.RunSQL(database_stamps("kernel_look")),
        # Only audit_expire writes here: the app role could otherwise hide a gap.
        migrations.RunSQL("REVOKE INSERT ON kernel_auditexpiry FROM faden_app"),
        migrations.RunSQL("REVOKE INSERT, UPDATE, DELETE ON kernel_auditepoch FROM faden_app"),
        migrations.RunSQL("INSERT INTO kernel_auditepoch (number, began_at, reason) VALUES (1, now(), 'first')"),
        migrations.RunSQL(EXPIRE),
        migrations.RunSQL(CACHE),
    ]
