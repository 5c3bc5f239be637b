from django.db import migrations

# A second policy for one's own rows is an OR in every statement of every page: bitmap scans instead of the
# key (case page 1.9 times as slow with one million cases). Before a service is known the steward answers.
OWN_MEMBERSHIPS = """
DROP POLICY IF EXISTS own_rows ON organisations_membership;
GRANT SELECT ON organisations_membership TO faden_steward;
CREATE POLICY steward_tells_her_own ON organisations_membership FOR SELECT TO faden_steward
    USING (current_user = 'faden_steward');

CREATE FUNCTION own_memberships() RETURNS SETOF organisations_membership
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM public.organisations_membership
     WHERE user_id = nullif(current_setting('faden.user', true), '')::bigint
$$;
REVOKE ALL ON FUNCTION own_memberships() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_memberships() TO faden_app;
ALTER FUNCTION own_memberships() OWNER TO faden_steward;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_guards")]

    operations = [migrations.RunSQL(OWN_MEMBERSHIPS)]
