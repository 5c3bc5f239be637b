from django.db import migrations

# What was sent is a line of a register: nobody writes it again. The text may be sealed under another key.
KEEP_REGISTER = """
CREATE FUNCTION faden_keep_register() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.state = 'sent' AND to_jsonb(NEW) - 'body' IS DISTINCT FROM to_jsonb(OLD) - 'body' THEN
        RAISE EXCEPTION '% is a register: what was sent stays as it is', TG_TABLE_NAME USING ERRCODE = 'FD006';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_letter_stays BEFORE UPDATE ON documents_letter
    FOR EACH ROW EXECUTE FUNCTION faden_keep_register();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_passed_on")]

    operations = [migrations.RunSQL(KEEP_REGISTER)]
