from django.db import migrations

from faden.kernel.operations import GuardTable

# A calendar address is asked before a service is known: the steward tells whose it is, nothing else.
RESOLVE_CALENDAR = """
GRANT SELECT (organisation_id, membership_id, token_hash, revoked_at) ON cases_calendarfeed TO faden_steward;
CREATE POLICY steward_looks_up ON cases_calendarfeed FOR SELECT TO faden_steward
    USING (current_user = 'faden_steward');

CREATE FUNCTION resolve_calendar(the_hash bytea) RETURNS TABLE (membership uuid, organisation bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT membership_id, organisation_id FROM public.cases_calendarfeed
     WHERE token_hash = the_hash AND revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION resolve_calendar(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_calendar(bytea) TO faden_app;
ALTER FUNCTION resolve_calendar(bytea) OWNER TO faden_steward;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_appointments")]

    operations = [
        GuardTable("attended"),
        GuardTable("interpretersource"),
        GuardTable("interpreterrequest"),
        GuardTable("reminderwish"),
        GuardTable("reminder"),
        GuardTable("calendarfeed"),
        migrations.RunSQL(RESOLVE_CALENDAR),
    ]
