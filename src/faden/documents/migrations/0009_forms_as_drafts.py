import django.db.models.deletion
from django.db import migrations, models

import faden.kernel.fields
from faden.kernel.operations import GuardKey


class Migration(migrations.Migration):

    dependencies = [("documents", "0008_pages_and_proofs"), ("cases", "0011_guards")]

    operations = [
        migrations.AddField(
            model_name="printedform",
            name="is_draft",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="printedform",
            name="task",
            field=faden.kernel.fields.SameServiceKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.task"
            ),
        ),
        GuardKey("printedform", "task"),
    ]
