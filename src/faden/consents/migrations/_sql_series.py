"""Numbered copies of one Weitergabe belong together; what has ended says when and why, and nothing else."""

TODAY = "(SELECT (now() AT TIME ZONE 'Europe/Berlin')::date)"
_SERVICE = "(SELECT nullif(current_setting('faden.organisation', true), '')::bigint)"

DELIVER = """
CREATE OR REPLACE FUNCTION deliver_release(the_release uuid, the_content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sender text := current_setting('faden.organisation', true);
    given  public.consents_release%ROWTYPE;
    before uuid;
    series uuid;
BEGIN
    SELECT * INTO given FROM public.consents_release
     WHERE id = the_release AND organisation_id = nullif(sender, '')::bigint AND channel = 'inbox'
       AND NOT EXISTS (SELECT FROM public.consents_releaseending AS e
                        WHERE e.organisation_id = consents_release.organisation_id AND e.release_id = the_release);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such release in this service' USING ERRCODE = 'FD011';
    END IF;
    SELECT delivery_id INTO before FROM public.consents_release
     WHERE id = given.supersedes_id AND organisation_id = given.organisation_id;
    PERFORM set_config('faden.organisation', given.recipient_id::text, true);
    SELECT series_id INTO series FROM public.consents_delivery
     WHERE organisation_id = given.recipient_id AND id = before AND sender_id = given.organisation_id;
    INSERT INTO public.consents_delivery
        (id, organisation_id, release_id, sender_id, kind, ground, purpose, data_classes, content, number, series_id,
         supersedes_id, valid_until, delivered_at, ended_because, erasure, erasure_words)
    VALUES (given.delivery_id, given.recipient_id, given.id, given.organisation_id, given.kind, given.ground,
            given.purpose, given.data_classes, the_content, given.number, coalesce(series, given.delivery_id), before,
            given.valid_until, now(), '', '', '');
    PERFORM set_config('faden.organisation', sender, true);
END $$;
"""

# Earlier copies that were taken to the file rested on the same ground: with its end they ask for a decision too.
END = """
CREATE OR REPLACE FUNCTION end_delivery(the_release uuid, the_reason text) RETURNS text
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
    UPDATE public.consents_delivery SET ended_at = now(), ended_because = the_reason
     WHERE organisation_id = given.recipient_id AND release_id = given.id
       AND sender_id = given.organisation_id AND ended_at IS NULL
    RETURNING CASE WHEN filed_at IS NOT NULL THEN 'filed'
                   WHEN valid_until < (now() AT TIME ZONE 'Europe/Berlin')::date THEN 'over'
                   ELSE 'ended' END INTO outcome;
    IF outcome IS NOT NULL AND the_reason <> 'superseded' THEN
        UPDATE public.consents_delivery AS earlier SET ended_because = the_reason
          FROM public.consents_delivery AS newest
         WHERE newest.organisation_id = given.recipient_id AND newest.release_id = given.id
           AND earlier.organisation_id = given.recipient_id AND earlier.series_id = newest.series_id
           AND earlier.sender_id = given.organisation_id AND earlier.id <> newest.id
           AND earlier.filed_at IS NOT NULL AND earlier.ended_because = 'superseded';
    END IF;
    PERFORM set_config('faden.organisation', sender, true);
    RETURN coalesce(outcome, 'over');
END $$;
"""

# The row policy hides a copy whole when its ground ends. That there was one, from whom, and why it is gone may be said.
ENDED = f"""
CREATE FUNCTION ended_deliveries() RETURNS TABLE (
    id uuid, series_id uuid, sender_id bigint, kind text, delivered_at timestamptz, ended_at timestamptz, because text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT d.id, d.series_id, d.sender_id, d.kind, d.delivered_at,
           coalesce(d.ended_at, (d.valid_until + 1)::timestamp AT TIME ZONE 'Europe/Berlin') AS over_at,
           coalesce(nullif(d.ended_because, ''), 'expired')
      FROM public.consents_delivery AS d
     WHERE d.organisation_id = {_SERVICE} AND d.filed_at IS NULL AND d.ended_because <> 'superseded'
       AND (d.ended_at IS NOT NULL OR d.valid_until < {TODAY})
     ORDER BY over_at DESC, d.id
     LIMIT 100
$$;
REVOKE ALL ON FUNCTION ended_deliveries() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ended_deliveries() TO faden_app;

CREATE FUNCTION delivery_series(the_delivery uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT series_id FROM public.consents_delivery WHERE organisation_id = {_SERVICE} AND id = the_delivery
$$;
REVOKE ALL ON FUNCTION delivery_series(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delivery_series(uuid) TO faden_app;
"""
