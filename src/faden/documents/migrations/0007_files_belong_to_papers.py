from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("documents", "0006_guards")]

    operations = [
        migrations.RemoveConstraint(
            model_name='storedfile',
            name='storedfile_confidential_is_one_persons',
        ),
        migrations.RemoveIndex(
            model_name='storedfile',
            name='file_by_case',
        ),
        migrations.RemoveField(
            model_name='storedfile',
            name='case',
        ),
        migrations.RemoveField(
            model_name='storedfile',
            name='confidential',
        ),
        migrations.RemoveField(
            model_name='storedfile',
            name='persons',
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lies_with__isnull', True), ('paper__isnull', False)), models.Q(('lies_with__isnull', False), ('paper__isnull', True)), _connector='OR'), name='a_file_is_a_papers_or_lies_with_somebody'),
        ),
    ]
