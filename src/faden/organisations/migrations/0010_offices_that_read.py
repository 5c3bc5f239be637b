from django.db import migrations

# Who sends to an office must know whether anybody there would read it; whose account it is stays the office's.
OFFICES_THAT_READ = """
CREATE FUNCTION offices_that_read_clients(the_day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT organisation_id FROM public.organisations_membership
     WHERE role = 'residence_officer' AND since <= the_day AND (until IS NULL OR until >= the_day)
$$;
REVOKE ALL ON FUNCTION offices_that_read_clients(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offices_that_read_clients(date) TO faden_app;
ALTER FUNCTION offices_that_read_clients(date) OWNER TO faden_steward;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0009_residence_officer")]

    operations = [migrations.RunSQL(OFFICES_THAT_READ, "DROP FUNCTION offices_that_read_clients(date)")]
