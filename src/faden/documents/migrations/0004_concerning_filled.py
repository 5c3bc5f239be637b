from django.db import migrations

from faden.kernel.operations import ForEachService


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_concerning"), ("cases", "0005_guards")]

    operations = [
        ForEachService(
            "UPDATE documents_storedfile t SET persons = ARRAY[c.person_id] FROM cases_case c WHERE c.id = t.case_id"
        ),
    ]
