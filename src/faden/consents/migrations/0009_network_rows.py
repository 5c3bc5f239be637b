import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import faden.kernel.fields


class Migration(migrations.Migration):
    dependencies = [
        ("consents", "0008_earlier_consents"),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='text',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.formtext'),
        ),
        migrations.CreateModel(
            name='LawfulRelease',
            fields=[
                ('id', faden.kernel.fields.RowId()),
                ('recipient_name', models.CharField(max_length=200)),
                ('norm', models.CharField(choices=[('kkg_4', '§ 4 KKG: Gefährdung eines Kindes, Mitteilung an das Jugendamt'), ('stgb_34', '§ 34 StGB: Notstand, gegenwärtige Gefahr für Leib oder Leben'), ('stgb_138', '§ 138 StGB: Anzeigepflicht bei geplanten schweren Straftaten'), ('sgbx_71', '§ 71 SGB X: gesetzliche Mitteilungspflicht'), ('court', 'gerichtliche Anordnung'), ('aufenthg_87_1', '§ 87 Abs. 1 AufenthG: Ersuchen einer Ausländerbehörde'), ('aufenthg_87_2', '§ 87 Abs. 2 AufenthG: Pflicht zur Unterrichtung'), ('other', 'andere Vorschrift')], max_length=20)),
                ('norm_words', models.CharField(blank=True, max_length=200)),
                ('facts', faden.kernel.fields.EncryptedTextField()),
                ('purpose', models.CharField(max_length=200)),
                ('data_classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('contact', 'Name und Erreichbarkeit'), ('language', 'Sprache und Sprachmittlung'), ('family', 'Familie und Haushalt'), ('school_work', 'Schule, Ausbildung, Arbeit'), ('benefits_housing', 'Leistungen und Wohnen'), ('residence', 'Aufenthalt'), ('special', 'Besondere Kategorien (Gesundheit, Religion u. a.)')], max_length=20), default=list, size=None)),
                ('informed_on', models.DateField(null=True)),
                ('not_informed', models.CharField(blank=True, choices=[('child_at_risk', 'Der Schutz eines Kindes wäre gefährdet (§ 4 Abs. 3 KKG).'), ('danger', 'Es bestünde Gefahr für Leib oder Leben.'), ('not_reached', 'Die Person war nicht erreichbar; sie wird noch unterrichtet.'), ('forbidden', 'Das Gericht oder das Gesetz verbietet die Mitteilung.')], max_length=20)),
                ('not_informed_words', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('confirmed', models.BooleanField(null=True)),
                ('decided_words', models.CharField(blank=True, max_length=300)),
                ('checked_87', models.BooleanField(default=False)),
                ('checked_88', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='LinkDelivery',
            fields=[
                ('id', faden.kernel.fields.RowId()),
                ('token_hash', models.BinaryField()),
                ('code_hash', models.BinaryField()),
                ('wrong_codes', models.PositiveSmallIntegerField(default=0)),
                ('content', faden.kernel.fields.EncryptedTextField()),
                ('purpose', models.CharField(max_length=200)),
                ('expires_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='OwnSecrecyRelease',
            fields=[
                ('id', faden.kernel.fields.RowId()),
                ('shown_language', models.CharField(blank=True, max_length=3)),
                ('read_aloud', models.BooleanField(default=False)),
                ('interpreter_name', models.CharField(blank=True, max_length=120)),
                ('interpreter_language', models.CharField(blank=True, max_length=3)),
                ('interpreter_obliged_on', models.DateField(null=True)),
                ('represented_by', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('own_agreement', models.BooleanField(default=True)),
                ('valid_until', models.DateField(null=True)),
                ('prepared_at', models.DateTimeField()),
                ('prepared_by', models.BigIntegerField()),
                ('signed_on', models.DateField(null=True)),
                ('noted_by', models.BigIntegerField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, choices=[('revoked', 'von der Person widerrufen'), ('done', 'Zweck erreicht'), ('not_signed', 'nicht unterschrieben'), ('of_age', 'volljährig geworden: gilt nur noch, was sie selbst erklärt')], max_length=12)),
                ('ended_noted_by', models.BigIntegerField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReleaseEnding',
            fields=[
                ('id', faden.kernel.fields.RowId()),
                ('because', models.CharField(choices=[('withdrawn', 'Einwilligung widerrufen'), ('expired', 'abgelaufen'), ('recalled', 'von uns zurückgezogen'), ('superseded', 'durch eine neue Fassung ersetzt'), ('done', 'Zweck erreicht'), ('of_age', 'volljährig geworden')], max_length=12)),
                ('outcome', models.CharField(choices=[('ended', 'Die Einsicht ist beendet. Die Stelle kann die Angaben nicht mehr öffnen.'), ('filed', 'Die Stelle hatte die Angaben schon zu ihrer Akte genommen. Sie wurde benachrichtigt und muss über die Löschung entscheiden.'), ('out_of_reach', 'Die Angaben sind auf Papier oder mündlich weitergegeben worden. Das lässt sich nicht zurückholen.'), ('over', 'Die Einsicht war schon vorher beendet.')], max_length=12)),
                ('ended_at', models.DateTimeField()),
                ('ended_by', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', faden.kernel.fields.RowId()),
                ('content', faden.kernel.fields.EncryptedTextField()),
                ('replied_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveField(
            model_name='consentwithdrawal',
            name='consent',
        ),
        migrations.RemoveField(
            model_name='consentwithdrawal',
            name='organisation',
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('noted_by__isnull', True), ('signed_on__isnull', True)), models.Q(('noted_by__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='consent_signed_says_who_noted_it'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_because', ''), ('ended_on__isnull', True)), models.Q(('ended_on__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='consent_ended_says_why'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('signed_on__isnull', True), ('valid_until__gte', models.F('signed_on')), _connector='OR'), name='consent_ends_after_it_was_signed'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('own_agreement', True), ('represented_by__len__gt', 0), _connector='OR'), name='consent_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('interpreter_name', ''), ('signed_on__isnull', True), ('interpreter_obliged_on__isnull', False), _connector='OR'), name='consent_interpreter_is_obliged'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('recipient__isnull', False)), models.Q(('agency__isnull', False), ('recipient__isnull', True)), _connector='OR'), name='consent_has_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_how', ''), ('signed_on__isnull', True)), models.Q(('signed_on__isnull', False), ('valid_until__isnull', False), models.Q(('given_how', ''), _negated=True)), _connector='OR'), name='a_signed_consent_has_an_end_and_a_way'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reported_by', ''), ('reported_on__isnull', True)), models.Q(('reported_on__isnull', False), models.Q(('reported_by', ''), _negated=True)), _connector='OR'), name='a_reported_consent_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('data_classes__contains', ['special']), ('special_categories__len__gt', 0)), models.Q(models.Q(('data_classes__contains', ['special']), _negated=True), ('special_categories__len', 0)), _connector='OR'), name='a_consent_names_special_categories'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erasure', ''), ('erasure_at__isnull', True), ('erasure_by__isnull', True)), models.Q(models.Q(('erasure', ''), _negated=True), ('ended_at__isnull', False), ('erasure_at__isnull', False), ('erasure_by__isnull', False), ('filed_at__isnull', False)), _connector='OR'), name='only_what_was_filed_and_ended_is_decided_about'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erasure__in', ['kept', 'partly']), _negated=True), models.Q(('erasure_words', ''), _negated=True), _connector='OR'), name='what_is_kept_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('content__isnull', False), ('erasure', 'erased'), _connector='OR'), name='content_goes_only_by_a_decision'),
        ),
        migrations.AddField(
            model_name='lawfulrelease',
            name='agency',
            field=faden.kernel.fields.SameServiceKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency'),
        ),
        migrations.AddField(
            model_name='lawfulrelease',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='lawfulrelease',
            name='person',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, to='persons.person'),
        ),
        migrations.AddField(
            model_name='lawfulrelease',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='release',
            name='lawful',
            field=faden.kernel.fields.SameServiceKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='consents.lawfulrelease'),
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(fields=['organisation', 'person'], name='release_by_person'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('recipient__isnull', False)), models.Q(('agency__isnull', False), ('recipient__isnull', True)), _connector='OR'), name='release_has_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'gesetzliche_befugnis'), _negated=True), models.Q(('lawful__isnull', False), ('person__isnull', False)), _connector='OR'), name='a_release_by_law_names_it'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'ohne_personenbezug'), _negated=True), ('person__isnull', True), _connector='OR'), name='a_release_without_a_person_names_nobody'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel__in', ['inbox', 'link']), ('delivery_id__isnull', False)), models.Q(models.Q(('channel__in', ['inbox', 'link']), _negated=True), ('delivery_id__isnull', True)), _connector='OR'), name='what_is_delivered_by_us_is_a_copy'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('channel', 'inbox'), _negated=True), ('recipient__isnull', False), _connector='OR'), models.Q(models.Q(('channel', 'link'), _negated=True), ('agency__isnull', False), _connector='OR')), name='an_inbox_is_an_account_and_a_link_is_not'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'fax'), _negated=True), models.Q(('data_classes__contains', ['special']), _negated=True), _connector='OR'), name='no_special_categories_by_fax'),
        ),
        migrations.AddField(
            model_name='linkdelivery',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='linkdelivery',
            name='release',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='consents.release'),
        ),
        migrations.AddField(
            model_name='ownsecrecyrelease',
            name='consent',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, related_name='secrecy_releases', to='consents.consent'),
        ),
        migrations.AddField(
            model_name='ownsecrecyrelease',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='ownsecrecyrelease',
            name='person',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, to='persons.person'),
        ),
        migrations.AddField(
            model_name='ownsecrecyrelease',
            name='text',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.formtext'),
        ),
        migrations.AddField(
            model_name='releaseending',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='releaseending',
            name='release',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='consents.release'),
        ),
        migrations.AddField(
            model_name='reply',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='reply',
            name='release',
            field=faden.kernel.fields.SameServiceKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='consents.release'),
        ),
        migrations.DeleteModel(
            name='ConsentWithdrawal',
        ),
        migrations.AddIndex(
            model_name='lawfulrelease',
            index=models.Index(fields=['organisation', '-asked_at'], name='lawful_release_by_time'),
        ),
        migrations.AddConstraint(
            model_name='lawfulrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('recipient__isnull', False)), models.Q(('agency__isnull', False), ('recipient__isnull', True)), _connector='OR'), name='lawfulrelease_has_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='lawfulrelease',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='the_second_person_of_a_lawful_release_is_another_one'),
        ),
        migrations.AddConstraint(
            model_name='lawfulrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('confirmed__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_decided_lawful_release_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='lawfulrelease',
            constraint=models.CheckConstraint(condition=models.Q(('informed_on__isnull', False), models.Q(('not_informed', ''), _negated=True), _connector='OR'), name='a_client_is_informed_or_there_is_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='lawfulrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('norm', 'other'), _negated=True), models.Q(('norm_words', ''), _negated=True), _connector='OR'), name='another_norm_is_named'),
        ),
        migrations.AddConstraint(
            model_name='lawfulrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('norm__in', ['aufenthg_87_1', 'aufenthg_87_2']), _negated=True), models.Q(('confirmed', True), _negated=True), models.Q(('checked_87', True), ('checked_88', True)), _connector='OR'), name='a_confirmed_notice_to_the_immigration_office_was_checked'),
        ),
        migrations.AddConstraint(
            model_name='linkdelivery',
            constraint=models.UniqueConstraint(fields=('organisation', 'release'), name='a_release_has_one_link'),
        ),
        migrations.AddConstraint(
            model_name='linkdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('wrong_codes__lte', 5)), name='five_wrong_codes_are_the_most'),
        ),
        migrations.AddIndex(
            model_name='ownsecrecyrelease',
            index=models.Index(fields=['organisation', 'person'], name='own_secrecy_by_person'),
        ),
        migrations.AddIndex(
            model_name='ownsecrecyrelease',
            index=models.Index(fields=['organisation', 'consent'], name='own_secrecy_by_consent'),
        ),
        migrations.AddConstraint(
            model_name='ownsecrecyrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('noted_by__isnull', True), ('signed_on__isnull', True)), models.Q(('noted_by__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='ownsecrecyrelease_signed_says_who_noted_it'),
        ),
        migrations.AddConstraint(
            model_name='ownsecrecyrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_because', ''), ('ended_on__isnull', True)), models.Q(('ended_on__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='ownsecrecyrelease_ended_says_why'),
        ),
        migrations.AddConstraint(
            model_name='ownsecrecyrelease',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('signed_on__isnull', True), ('valid_until__gte', models.F('signed_on')), _connector='OR'), name='ownsecrecyrelease_ends_after_it_was_signed'),
        ),
        migrations.AddConstraint(
            model_name='ownsecrecyrelease',
            constraint=models.CheckConstraint(condition=models.Q(('own_agreement', True), ('represented_by__len__gt', 0), _connector='OR'), name='ownsecrecyrelease_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='ownsecrecyrelease',
            constraint=models.CheckConstraint(condition=models.Q(('interpreter_name', ''), ('signed_on__isnull', True), ('interpreter_obliged_on__isnull', False), _connector='OR'), name='ownsecrecyrelease_interpreter_is_obliged'),
        ),
        migrations.AddConstraint(
            model_name='releaseending',
            constraint=models.UniqueConstraint(fields=('organisation', 'release'), name='a_release_ends_once'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['organisation', 'release'], name='reply_by_release'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('taken_at__isnull', True)), fields=['organisation', 'replied_at'], name='reply_to_take'),
        ),
    ]
