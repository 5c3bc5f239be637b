from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_guards'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ownlifearea',
            name='a_life_area_stands_once',
        ),
        migrations.AddField(
            model_name='ownlifearea',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='networktie',
            name='distance',
            field=models.PositiveSmallIntegerField(choices=[(1, 'nah'), (2, 'mittel'), (3, 'fern')], default=2),
        ),
        migrations.AddConstraint(
            model_name='networktie',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('since_on')), _connector='OR'), name='a_tie_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='ownlifearea',
            constraint=models.UniqueConstraint(fields=('organisation', 'code', 'from_on'), name='a_life_area_changes_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='ownlifearea',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_life_area_ends_after_it_began'),
        ),
    ]
