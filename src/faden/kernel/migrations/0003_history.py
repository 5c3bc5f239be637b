from django.db import migrations

# TG_ARGV names the columns that may change; a superseded row may not be revived or superseded anew.
KEEP_HISTORY = """
CREATE FUNCTION faden_keep_history() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV
       OR (OLD.superseded_at IS NOT NULL
           AND (NEW.superseded_at, NEW.superseded_by, NEW.superseded_because)
               IS DISTINCT FROM (OLD.superseded_at, OLD.superseded_by, OLD.superseded_because)) THEN
        RAISE EXCEPTION '% keeps its history: correct by a new row', TG_TABLE_NAME USING ERRCODE = 'FD004';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_guards")]

    operations = [migrations.RunSQL(KEEP_HISTORY)]
