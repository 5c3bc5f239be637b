from django.db import migrations

from faden.kernel.operations import GuardKey


class Migration(migrations.Migration):
    dependencies = [("documents", "0013_letters_on_keys")]

    operations = [GuardKey("letter", "consent"), GuardKey("letter", "lawful"), GuardKey("letter", "release")]
