"""Anfrage an KIM: from a partner to the service competent on the day, and three states back."""

REQUEST = """
CREATE FUNCTION submit_request(
    the_request uuid, the_town text, the_source text, the_topics text[], the_language text, by_interpreter boolean,
    to_reach bytea, the_words bytea
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sender    text := current_setting('faden.organisation', true);
    competent bigint;
    named     text;
BEGIN
    SELECT name INTO named FROM public.organisations_organisation WHERE id = nullif(sender, '')::bigint;
    SELECT c.organisation_id INTO competent
      FROM public.organisations_competence AS c
      JOIN public.organisations_organisation AS o ON o.id = c.organisation_id
     WHERE c.municipality_id = the_town AND o.kind = 'migration_service'
       AND c.valid_from <= (now() AT TIME ZONE 'Europe/Berlin')::date
       AND (c.valid_until IS NULL OR c.valid_until >= (now() AT TIME ZONE 'Europe/Berlin')::date)
     ORDER BY c.valid_from DESC, c.id LIMIT 1;
    IF named IS NULL OR competent IS NULL THEN
        RAISE EXCEPTION 'nobody is competent for this town' USING ERRCODE = 'FD021';
    END IF;
    PERFORM set_config('faden.organisation', competent::text, true);
    INSERT INTO public.referrals_incomingrequest
        (id, organisation_id, sender_id, sender_name, sent_from, municipality_id, topics, language, needs_interpreter,
         reach, words, agreed, arrived_at, state, passed_to)
    VALUES (the_request, competent, nullif(sender, '')::bigint, named, the_source, the_town, the_topics, the_language,
            by_interpreter, to_reach, the_words, true, now(), 'arrived', '');
    PERFORM set_config('faden.organisation', sender, true);
    RETURN competent;
END $$;
REVOKE ALL ON FUNCTION submit_request(uuid, text, text, text[], text, boolean, bytea, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION submit_request(uuid, text, text, text[], text, boolean, bytea, bytea) TO faden_app;

CREATE FUNCTION tell_request_state(the_request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    competent text := current_setting('faden.organisation', true);
    known     public.referrals_incomingrequest%ROWTYPE;
BEGIN
    SELECT * INTO known FROM public.referrals_incomingrequest
     WHERE id = the_request AND organisation_id = nullif(competent, '')::bigint AND sender_id IS NOT NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM set_config('faden.organisation', known.sender_id::text, true);
    UPDATE public.referrals_sentrequest SET state = known.state, state_at = now()
     WHERE organisation_id = known.sender_id AND request_id = known.id AND to_id = known.organisation_id;
    PERFORM set_config('faden.organisation', competent, true);
END $$;
REVOKE ALL ON FUNCTION tell_request_state(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_request_state(uuid) TO faden_app;
"""
