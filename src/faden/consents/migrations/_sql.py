"""Delivery and its end: the two things a sender's context cannot do."""

# A sub-select: read once per statement, not for every row.
TODAY = "(SELECT (now() AT TIME ZONE 'Europe/Berlin')::date)"

# The recipient sees a copy while both dates allow it, or for good once it was taken to the file.
DELIVERY_POLICIES = f"""
DROP POLICY own_service ON consents_delivery;
CREATE POLICY owner_in_service ON consents_delivery TO faden_owner
    USING (organisation_id = (SELECT nullif(current_setting('faden.organisation', true), '')::bigint))
    WITH CHECK (organisation_id = (SELECT nullif(current_setting('faden.organisation', true), '')::bigint));
CREATE POLICY recipient_reads ON consents_delivery FOR SELECT TO faden_app
    USING (organisation_id = (SELECT nullif(current_setting('faden.organisation', true), '')::bigint)
           AND (filed_at IS NOT NULL OR (ended_at IS NULL AND valid_until >= {TODAY})));
CREATE POLICY recipient_files ON consents_delivery FOR UPDATE TO faden_app
    USING (organisation_id = (SELECT nullif(current_setting('faden.organisation', true), '')::bigint)
           AND ended_at IS NULL AND valid_until >= {TODAY})
    WITH CHECK (organisation_id = (SELECT nullif(current_setting('faden.organisation', true), '')::bigint));
REVOKE INSERT, UPDATE, DELETE ON consents_delivery FROM faden_app;
GRANT UPDATE (filed_at, filed_by) ON consents_delivery TO faden_app;
"""

# A release and a withdrawal are legal records: made once, never changed.
RECORDS = "".join(
    f"REVOKE UPDATE, DELETE ON {table} FROM faden_app;"
    f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION faden_refuse_change();"
    for table in ("consents_consent", "consents_consentwithdrawal", "consents_release")
)

DELIVER = f"""
CREATE FUNCTION deliver_release(the_release uuid, the_content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sender text := current_setting('faden.organisation', true);
    given  public.consents_release%ROWTYPE;
BEGIN
    SELECT * INTO given FROM public.consents_release
     WHERE id = the_release AND organisation_id = nullif(sender, '')::bigint;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such release in this service' USING ERRCODE = 'FD011';
    END IF;
    IF given.valid_until < {TODAY} THEN
        RAISE EXCEPTION 'the release has run out' USING ERRCODE = 'FD012';
    END IF;
    IF given.ground = 'einwilligung' AND NOT EXISTS (
        SELECT FROM public.consents_consent AS c
         WHERE c.organisation_id = given.organisation_id AND c.id = given.consent_id
           AND c.person_id = given.person_id AND c.recipient_id = given.recipient_id
           AND c.valid_until >= given.valid_until AND given.data_classes <@ c.data_classes
           AND NOT EXISTS (SELECT FROM public.consents_consentwithdrawal AS w
                            WHERE w.organisation_id = c.organisation_id AND w.consent_id = c.id))
    THEN
        RAISE EXCEPTION 'no consent covers this release' USING ERRCODE = 'FD013';
    END IF;
    IF given.ground = 'gesetzliche_befugnis' THEN
        RAISE EXCEPTION 'a release by law needs a second person' USING ERRCODE = 'FD014';
    END IF;
    IF given.ground = 'ohne_personenbezug' AND given.person_id IS NOT NULL THEN
        RAISE EXCEPTION 'a release without a person names one' USING ERRCODE = 'FD015';
    END IF;
    PERFORM set_config('faden.organisation', given.recipient_id::text, true);
    INSERT INTO public.consents_delivery
        (id, organisation_id, release_id, sender_id, ground, purpose, data_classes, content,
         valid_until, delivered_at)
    VALUES (given.delivery_id, given.recipient_id, given.id, given.organisation_id, given.ground,
            given.purpose, given.data_classes, the_content, given.valid_until, now());
    PERFORM set_config('faden.organisation', sender, true);
END $$;
REVOKE ALL ON FUNCTION deliver_release(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deliver_release(uuid, bytea) TO faden_app;

CREATE FUNCTION end_delivery(the_release uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sender  text := current_setting('faden.organisation', true);
    given   public.consents_release%ROWTYPE;
    outcome text;
BEGIN
    SELECT * INTO given FROM public.consents_release
     WHERE id = the_release AND organisation_id = nullif(sender, '')::bigint;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such release in this service' USING ERRCODE = 'FD011';
    END IF;
    PERFORM set_config('faden.organisation', given.recipient_id::text, true);
    UPDATE public.consents_delivery SET ended_at = now()
     WHERE organisation_id = given.recipient_id AND release_id = given.id
       AND sender_id = given.organisation_id AND ended_at IS NULL
    RETURNING CASE WHEN filed_at IS NULL THEN 'ended' ELSE 'filed' END INTO outcome;
    PERFORM set_config('faden.organisation', sender, true);
    RETURN coalesce(outcome, 'nothing');
END $$;
REVOKE ALL ON FUNCTION end_delivery(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_delivery(uuid) TO faden_app;
"""


def kept(table: str, state: str, columns: str) -> str:
    """What somebody relied on is never changed: a reviewed text, a signed declaration."""
    before, after = (", ".join(f"{row}.{name}" for name in columns.split()) for row in ("OLD", "NEW"))
    return (
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN (OLD.{state} IS NOT NULL AND ({before}) IS DISTINCT FROM ({after}))"
        " EXECUTE FUNCTION faden_refuse_change()"
    )


# What was told and how it ended: made once, never changed. Only the seal of what was told may be made anew
# (`faden keys rotate`, as owner); the app has no right to any change.
_SAME_BUT_FOR_THE_SEAL = (
    "WHEN (OLD.content IS NOT DISTINCT FROM NEW.content OR to_jsonb(OLD) - 'content' IS DISTINCT FROM to_jsonb(NEW) - 'content')"
)
RECORDS_STAY = [
    "REVOKE UPDATE, DELETE ON consents_release FROM faden_app",
    "CREATE TRIGGER consents_release_stays BEFORE UPDATE ON consents_release"
    f" FOR EACH ROW {_SAME_BUT_FOR_THE_SEAL} EXECUTE FUNCTION faden_refuse_change()",
    "CREATE TRIGGER consents_release_remains BEFORE DELETE ON consents_release"
    " FOR EACH ROW EXECUTE FUNCTION faden_refuse_change()",
    "REVOKE UPDATE, DELETE ON consents_releaseending FROM faden_app",
    "CREATE TRIGGER consents_releaseending_stays BEFORE UPDATE OR DELETE ON consents_releaseending"
    " FOR EACH ROW EXECUTE FUNCTION faden_refuse_change()",
]
