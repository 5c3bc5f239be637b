from django.db import migrations

from faden.kernel.operations import GuardTable

# What somebody reads otherwise in a rule is about no person, and useful to everybody who applies it.
READ_BY_ALL = "CREATE POLICY open_to_all ON residence_rulereading FOR SELECT TO faden_app USING (true)"


class Migration(migrations.Migration):
    dependencies = [("residence", "0001_residence")]

    operations = [
        *(
            GuardTable(name)
            for name in ("precheck", "outlook", "opening", "officerequest", "officeanswer", "givenofficeanswer", "rulereading")
        ),
        migrations.RunSQL(READ_BY_ALL, migrations.RunSQL.noop),
    ]
