import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import faden.kernel.fields

# The records open for this change; 0010 puts their guards up again.
OPEN = "".join(
    f"DROP TRIGGER {table}_stays ON {table};" for table in ("consents_consent", "consents_consentwithdrawal", "consents_release")
)


class Migration(migrations.Migration):
    dependencies = [
        ("consents", "0006_texts_and_special_categories"),
        ("organisations", "0007_guards"),
        ("persons", "0006_protection_reminded"),
    ]

    operations = [
        migrations.RunSQL(OPEN),
        migrations.RemoveConstraint(
            model_name='consent',
            name='a_consent_ends_after_it_was_given',
        ),
        migrations.RemoveConstraint(
            model_name='consent',
            name='a_consent_is_somebodys',
        ),
        migrations.RenameField(model_name="consent", old_name="given_on", new_name="signed_on"),
        migrations.RenameField(model_name="consent", old_name="language", new_name="shown_language"),
        migrations.RemoveField(
            model_name='consent',
            name='text_version',
        ),
        migrations.AddField(
            model_name='consent',
            name='agency',
            field=faden.kernel.fields.SameServiceKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency'),
        ),
        migrations.AddField(
            model_name='consent',
            name='ended_because',
            field=models.CharField(blank=True, choices=[('revoked', 'von der Person widerrufen'), ('done', 'Zweck erreicht'), ('not_signed', 'nicht unterschrieben'), ('of_age', 'volljährig geworden: gilt nur noch, was sie selbst erklärt')], max_length=12),
        ),
        migrations.AddField(
            model_name='consent',
            name='ended_noted_by',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='ended_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='information',
            field=faden.kernel.fields.EncryptedTextField(null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='interpreter_language',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='consent',
            name='interpreter_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='consent',
            name='interpreter_obliged_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='mutual',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='consent',
            name='prepared_at',
            field=models.DateTimeField(default=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='consent',
            name='prepared_by',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='consent',
            name='read_aloud',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='consent',
            name='recipient_name',
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='consent',
            name='reported_by',
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name='consent',
            name='reported_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='consent',
            name='shown_language',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AlterField(
            model_name='consent',
            name='signed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='special_categories',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('health', 'Gesundheit, nur als Folge für den Alltag'), ('religion', 'Religion oder Weltanschauung'), ('origin', 'ethnische Herkunft'), ('persecution', 'politische Verfolgung, Fluchtgründe'), ('orientation', 'sexuelle Orientierung, Geschlecht')], max_length=30), default=list, size=None),
        ),
        migrations.AddField(
            model_name='consent',
            name='text',
            field=faden.kernel.fields.SameServiceKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.formtext'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='ended_because',
            field=models.CharField(blank=True, choices=[('withdrawn', 'Einwilligung widerrufen'), ('expired', 'abgelaufen'), ('recalled', 'von uns zurückgezogen'), ('superseded', 'durch eine neue Fassung ersetzt'), ('done', 'Zweck erreicht'), ('of_age', 'volljährig geworden')], max_length=12),
        ),
        migrations.AddField(
            model_name='delivery',
            name='erasure',
            field=models.CharField(blank=True, choices=[('erased', 'gelöscht'), ('partly', 'teilweise gelöscht'), ('kept', 'bleibt, weil eine eigene Pflicht oder Befugnis besteht')], max_length=8),
        ),
        migrations.AddField(
            model_name='delivery',
            name='erasure_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='erasure_by',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='erasure_words',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='delivery',
            name='kind',
            field=models.CharField(choices=[('referral', 'Vermittlung'), ('chain', 'Laufende Freigabe einer Integrationskette'), ('transfer', 'Fallübergabe'), ('conference', 'Fallkonferenz'), ('presentation', 'anonyme Fallvorstellung'), ('information', 'Auskunft')], default="information", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='delivery',
            name='number',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='delivery',
            name='supersedes_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='release',
            name='agency',
            field=faden.kernel.fields.SameServiceKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.agency'),
        ),
        migrations.AddField(
            model_name='release',
            name='channel',
            field=models.CharField(choices=[('inbox', 'Postfach in Faden'), ('link', 'Link per E-Mail'), ('letter', 'Brief'), ('in_person', 'persönlich'), ('carried', 'der Person mitgegeben'), ('phone', 'Telefon'), ('fax', 'Fax')], default="inbox", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='release',
            name='content',
            field=faden.kernel.fields.EncryptedTextField(null=True),
        ),
        migrations.AddField(
            model_name='release',
            name='kind',
            field=models.CharField(choices=[('referral', 'Vermittlung'), ('chain', 'Laufende Freigabe einer Integrationskette'), ('transfer', 'Fallübergabe'), ('conference', 'Fallkonferenz'), ('presentation', 'anonyme Fallvorstellung'), ('information', 'Auskunft')], default="information", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='release',
            name='number',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='release',
            name='recipient_name',
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='release',
            name='supersedes',
            field=faden.kernel.fields.SameServiceKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.release'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='given_how',
            field=models.CharField(blank=True, choices=[('paper', 'auf Papier unterschrieben'), ('electronic', 'elektronisch bestätigt')], max_length=20),
        ),
        migrations.AlterField(
            model_name='consent',
            name='noted_by',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='consent',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='valid_until',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='content',
            field=faden.kernel.fields.EncryptedTextField(null=True),
        ),
        migrations.AlterField(
            model_name='formtext',
            name='kind',
            field=models.CharField(choices=[('power', 'Vollmacht'), ('secrecy', 'Entbindung von der Schweigepflicht'), ('consent', 'Einwilligung in eine Weitergabe'), ('own_secrecy', 'Entbindung unserer Fachkräfte von der Schweigepflicht')], max_length=12),
        ),
        migrations.AlterField(
            model_name='release',
            name='delivery_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='release',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
    ]
