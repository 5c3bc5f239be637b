from django.db import migrations

# Else a temporary table of the caller's would be asked for the ground in place of ours.
_ASKED = (
    "consents_delivery_is_kept", "consents_release_ends_with_childhood", "consents_release_holds_its_ground",
    "consents_release_is_grounded",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("consents", "0017_keys_that_are_asked")]

    operations = [
        migrations.RunSQL([f"ALTER FUNCTION {name}() SET search_path = pg_catalog, public, pg_temp" for name in _ASKED])
    ]
