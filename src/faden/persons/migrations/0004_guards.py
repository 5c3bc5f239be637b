from django.db import migrations

from faden.kernel.operations import GuardHistory, GuardKey, GuardTable

FACTS = ("residence", "benefit", "german", "address", "occupation", "qualification", "speaking", "limit")
OTHERS = ("group", "groupmember", "kinship", "protectionmark", "contactperson", "likepair")


class Migration(migrations.Migration):
    dependencies = [("persons", "0003_families_and_facts"), ("kernel", "0003_history")]

    operations = [
        *(GuardTable(name) for name in (*FACTS, *OTHERS)),
        *(GuardHistory(name) for name in FACTS),
        GuardKey("person", "identity"),
    ]
