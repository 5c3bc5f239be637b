from django.db import migrations

from faden.kernel.operations import GuardTable

# An invitation's link is opened before a service is known: the steward looks it up by the
# token's hash and tells nothing but where it belongs.
RESOLVE_INVITATION = """
GRANT SELECT (id, organisation_id, token_hash, expires_at, accepted_at, withdrawn_at)
    ON organisations_invitation TO faden_steward;
CREATE POLICY steward_looks_up ON organisations_invitation FOR SELECT TO faden_steward
    USING (current_user = 'faden_steward');

CREATE FUNCTION resolve_invitation(the_hash bytea) RETURNS TABLE (invitation uuid, organisation bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT id, organisation_id FROM public.organisations_invitation
     WHERE token_hash = the_hash AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()
$$;
REVOKE ALL ON FUNCTION resolve_invitation(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_invitation(bytea) TO faden_app;
ALTER FUNCTION resolve_invitation(bytea) OWNER TO faden_steward;
"""

# The list of services is public and kept by `faden seed` or the administrator's tools, not by pages.
READ_ONLY = """
REVOKE INSERT, UPDATE, DELETE ON organisations_organisation, organisations_legalbody,
    organisations_municipality, organisations_competence FROM faden_app;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_guards"), ("organisations", "0001_initial")]

    operations = [
        GuardTable("site"),
        GuardTable("team"),
        GuardTable("membership"),
        GuardTable("invitation"),
        migrations.RunSQL(RESOLVE_INVITATION),
        migrations.RunSQL(READ_ONLY),
    ]
