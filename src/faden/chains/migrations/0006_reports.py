import django.db.models.deletion
from django.db import migrations, models

import faden.kernel.fields
from faden.kernel.operations import GuardKey


class Migration(migrations.Migration):
    dependencies = [("chains", "0005_passed_on")]

    operations = [
        migrations.AddField(
            model_name='stepreport',
            name='change',
            field=faden.kernel.fields.SameServiceKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='chains.stepchange'),
        ),
        migrations.AddField(
            model_name='stepreport',
            name='outcome',
            field=models.CharField(blank=True, choices=[('taken', 'übernommen'), ('changed', 'der Schritt stand inzwischen anders'), ('settled', 'der Schritt war schon erledigt oder entfallen'), ('not_held', 'der Schritt liegt nicht bei dieser Stelle'), ('unclear', 'die Meldung war nicht lesbar')], max_length=10),
        ),
        migrations.AlterField(
            model_name='chainshare',
            name='ended_because',
            field=models.CharField(blank=True, choices=[('withdrawn', 'die Einwilligung trägt nicht mehr'), ('ended', 'von uns beendet'), ('expired', 'abgelaufen'), ('chain_over', 'Integrationskette beendet'), ('handed_over', 'Fall übergeben')], max_length=12),
        ),
        GuardKey("stepreport", "change"),
    ]
