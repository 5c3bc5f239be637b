"""What crosses between services: a copy to the recipient, its end, and the reply back; every Weitergabe on its ground."""

TODAY = "(SELECT (now() AT TIME ZONE 'Europe/Berlin')::date)"
_SERVICE = "(SELECT nullif(current_setting('faden.organisation', true), '')::bigint)"
_LINK = "(SELECT nullif(current_setting('faden.delivery', true), '')::uuid)"

# The recipient may also decide about the erasure of what it took to its file, after the ground has ended.
DELIVERY_UPDATES = f"""
DROP POLICY recipient_files ON consents_delivery;
CREATE POLICY recipient_files ON consents_delivery FOR UPDATE TO faden_app
    USING (organisation_id = {_SERVICE}
           AND (filed_at IS NOT NULL OR (ended_at IS NULL AND valid_until >= {TODAY})))
    WITH CHECK (organisation_id = {_SERVICE});
GRANT UPDATE (filed_at, filed_by, content, erasure, erasure_words, erasure_at, erasure_by)
    ON consents_delivery TO faden_app;

CREATE FUNCTION consents_delivery_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.filed_at IS DISTINCT FROM OLD.filed_at AND (OLD.filed_at IS NOT NULL OR OLD.ended_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was filed or has ended is not filed again' USING ERRCODE = 'FD017';
    END IF;
    IF NEW.content IS NULL AND OLD.content IS NOT NULL AND NEW.erasure <> 'erased' THEN
        RAISE EXCEPTION 'content goes only by a decision' USING ERRCODE = 'FD018';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consents_delivery_is_kept BEFORE UPDATE ON consents_delivery
    FOR EACH ROW EXECUTE FUNCTION consents_delivery_is_kept();
"""

# Whatever the channel: no row of the register without a ground that stands today.
GROUNDED = f"""
CREATE FUNCTION consents_release_is_grounded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decides_about_stay boolean;
BEGIN
    IF NEW.valid_until < {TODAY} THEN
        RAISE EXCEPTION 'the release has run out' USING ERRCODE = 'FD012';
    END IF;
    IF NEW.recipient_id IS NULL THEN
        SELECT kind IN ('abh', 'einbuergerung') INTO decides_about_stay FROM organisations_agency
         WHERE organisation_id = NEW.organisation_id AND id = NEW.agency_id;
    ELSE
        SELECT kind IN ('immigration_office', 'naturalisation_office') INTO decides_about_stay
          FROM organisations_organisation WHERE id = NEW.recipient_id;
    END IF;
    IF decides_about_stay AND NEW.kind IN ('chain', 'transfer', 'conference', 'presentation') THEN
        RAISE EXCEPTION 'an office that decides about the stay does not work along a chain' USING ERRCODE = 'FD016';
    END IF;
    IF NEW.ground = 'einwilligung' AND NOT EXISTS (
        SELECT FROM consents_consent AS c
         WHERE c.organisation_id = NEW.organisation_id AND c.id = NEW.consent_id AND c.person_id = NEW.person_id
           AND c.recipient_id IS NOT DISTINCT FROM NEW.recipient_id AND c.agency_id IS NOT DISTINCT FROM NEW.agency_id
           AND c.signed_on <= {TODAY} AND c.ended_on IS NULL AND c.valid_until >= NEW.valid_until
           AND NEW.data_classes <@ c.data_classes
           AND EXISTS (SELECT FROM consents_ownsecrecyrelease AS s
                        WHERE s.organisation_id = c.organisation_id AND s.consent_id = c.id
                          AND s.signed_on <= {TODAY} AND s.ended_on IS NULL AND s.valid_until >= NEW.valid_until))
    THEN
        RAISE EXCEPTION 'no consent covers this release' USING ERRCODE = 'FD013';
    END IF;
    IF NEW.ground = 'gesetzliche_befugnis' AND NOT EXISTS (
        SELECT FROM consents_lawfulrelease AS l
         WHERE l.organisation_id = NEW.organisation_id AND l.id = NEW.lawful_id AND l.person_id = NEW.person_id
           AND l.recipient_id IS NOT DISTINCT FROM NEW.recipient_id AND l.agency_id IS NOT DISTINCT FROM NEW.agency_id
           AND l.confirmed AND l.decided_by <> l.asked_by AND NEW.data_classes <@ l.data_classes
           AND (NOT decides_about_stay OR l.norm = 'court' OR (l.checked_87 AND l.checked_88)))
    THEN
        RAISE EXCEPTION 'no second person confirmed this release by law' USING ERRCODE = 'FD014';
    END IF;
    IF NEW.ground = 'selbst_mitgenommen' AND NEW.channel <> 'carried' THEN
        RAISE EXCEPTION 'what the person carries is carried' USING ERRCODE = 'FD019';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consents_release_is_grounded BEFORE INSERT ON consents_release
    FOR EACH ROW EXECUTE FUNCTION consents_release_is_grounded();
"""

DELIVER = """
DROP FUNCTION deliver_release(uuid, bytea);
DROP FUNCTION end_delivery(uuid);

CREATE FUNCTION deliver_release(the_release uuid, the_content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sender text := current_setting('faden.organisation', true);
    given  public.consents_release%ROWTYPE;
    before uuid;
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
    INSERT INTO public.consents_delivery
        (id, organisation_id, release_id, sender_id, kind, ground, purpose, data_classes, content, number,
         supersedes_id, valid_until, delivered_at, ended_because, erasure, erasure_words)
    VALUES (given.delivery_id, given.recipient_id, given.id, given.organisation_id, given.kind, given.ground,
            given.purpose, given.data_classes, the_content, given.number, before, given.valid_until, now(), '', '', '');
    PERFORM set_config('faden.organisation', sender, true);
END $$;
REVOKE ALL ON FUNCTION deliver_release(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deliver_release(uuid, bytea) TO faden_app;

CREATE FUNCTION end_delivery(the_release uuid, the_reason text) RETURNS text
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
    PERFORM set_config('faden.organisation', sender, true);
    RETURN coalesce(outcome, 'over');
END $$;
REVOKE ALL ON FUNCTION end_delivery(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_delivery(uuid, text) TO faden_app;
"""

# The way back: the recipient of a copy writes one row at its sender, and nothing else there.
REPLY = f"""
CREATE FUNCTION reply_to_delivery(the_delivery uuid, the_reply uuid, the_content bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    recipient text := current_setting('faden.organisation', true);
    copy      public.consents_delivery%ROWTYPE;
BEGIN
    SELECT * INTO copy FROM public.consents_delivery
     WHERE id = the_delivery AND organisation_id = nullif(recipient, '')::bigint
       AND (filed_at IS NOT NULL OR (ended_at IS NULL AND valid_until >= {TODAY}));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such delivery in this service' USING ERRCODE = 'FD011';
    END IF;
    PERFORM set_config('faden.organisation', copy.sender_id::text, true);
    INSERT INTO public.consents_reply (id, organisation_id, release_id, content, replied_at)
    VALUES (the_reply, copy.sender_id, copy.release_id, the_content, now());
    PERFORM set_config('faden.organisation', recipient, true);
    RETURN copy.sender_id;
END $$;
REVOKE ALL ON FUNCTION reply_to_delivery(uuid, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reply_to_delivery(uuid, uuid, bytea) TO faden_app;
"""

# A link opens one copy and nothing else: `faden.delivery` is put on instead of a service.
LINK = f"""
CREATE POLICY by_link ON consents_linkdelivery FOR SELECT TO faden_app, faden_owner
    USING (id = {_LINK} AND ended_at IS NULL AND expires_at > (SELECT now()) AND wrong_codes < 5);

GRANT SELECT (id, organisation_id, token_hash, expires_at, ended_at, wrong_codes) ON consents_linkdelivery
    TO faden_steward;
CREATE POLICY steward_looks_up ON consents_linkdelivery FOR SELECT TO faden_steward
    USING (current_user = 'faden_steward');
CREATE FUNCTION resolve_link(the_hash bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT id FROM public.consents_linkdelivery
     WHERE token_hash = the_hash AND ended_at IS NULL AND expires_at > now() AND wrong_codes < 5
$$;
REVOKE ALL ON FUNCTION resolve_link(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_link(bytea) TO faden_app;
ALTER FUNCTION resolve_link(bytea) OWNER TO faden_steward;

CREATE FUNCTION try_link_code(the_hash bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    link public.consents_linkdelivery%ROWTYPE;
    said text;
BEGIN
    SELECT * INTO link FROM public.consents_linkdelivery WHERE id = {_LINK};
    IF NOT FOUND THEN
        RETURN 'gone';
    END IF;
    PERFORM set_config('faden.organisation', link.organisation_id::text, true);
    -- Two tries at once count as two: the row is locked, and the count is read again.
    UPDATE public.consents_linkdelivery
       SET wrong_codes = wrong_codes + CASE WHEN code_hash = the_hash THEN 0 ELSE 1 END,
           opened_at = CASE WHEN code_hash = the_hash THEN coalesce(opened_at, now()) ELSE opened_at END
     WHERE organisation_id = link.organisation_id AND id = link.id AND wrong_codes < 5 AND ended_at IS NULL
    RETURNING CASE WHEN code_hash = the_hash THEN 'open' WHEN wrong_codes >= 5 THEN 'closed' ELSE 'wrong' END INTO said;
    PERFORM set_config('faden.organisation', '', true);
    RETURN coalesce(said, 'gone');
END $$;
REVOKE ALL ON FUNCTION try_link_code(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION try_link_code(bytea) TO faden_app;

CREATE FUNCTION reply_by_link(the_reply uuid, the_content bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    link public.consents_linkdelivery%ROWTYPE;
BEGIN
    SELECT * INTO link FROM public.consents_linkdelivery WHERE id = {_LINK} AND opened_at IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this link is not open' USING ERRCODE = 'FD011';
    END IF;
    PERFORM set_config('faden.organisation', link.organisation_id::text, true);
    INSERT INTO public.consents_reply (id, organisation_id, release_id, content, replied_at)
    VALUES (the_reply, link.organisation_id, link.release_id, the_content, now());
    PERFORM set_config('faden.organisation', '', true);
    RETURN link.organisation_id;
END $$;
REVOKE ALL ON FUNCTION reply_by_link(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reply_by_link(uuid, bytea) TO faden_app;
"""

# What parents alone signed carries nothing beyond the eve of her coming of age: the copy's own last day says so.
# Who was born on 29 February comes of age on 1 March.
ENDS_WITH_CHILDHOOD = """
CREATE FUNCTION consents_release_ends_with_childhood() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ground = 'einwilligung' AND EXISTS (
        SELECT FROM consents_consent AS c
          JOIN persons_person AS p ON p.organisation_id = c.organisation_id AND p.id = c.person_id
         WHERE c.organisation_id = NEW.organisation_id AND c.id = NEW.consent_id AND NOT c.own_agreement
           AND NEW.valid_until >= (p.birth_earliest + interval '18 years')::date
               + CASE WHEN to_char(p.birth_earliest, 'MMDD') = '0229' THEN 1 ELSE 0 END)
    THEN
        RAISE EXCEPTION 'what parents signed ends with childhood' USING ERRCODE = 'FD020';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consents_release_ends_with_childhood BEFORE INSERT ON consents_release
    FOR EACH ROW EXECUTE FUNCTION consents_release_ends_with_childhood();
"""

# Whoever withdraws in the same moment waits until it has left, and ends it; whoever comes second is refused by
# `consents_release_is_grounded`, which reads anew. By its name this one goes before that.
HOLDS_ITS_GROUND = """
CREATE FUNCTION consents_release_holds_its_ground() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM consents_consent
      WHERE organisation_id = NEW.organisation_id AND id = NEW.consent_id FOR SHARE;
    PERFORM FROM consents_ownsecrecyrelease
      WHERE organisation_id = NEW.organisation_id AND consent_id = NEW.consent_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER consents_release_holds_its_ground BEFORE INSERT ON consents_release
    FOR EACH ROW WHEN (NEW.consent_id IS NOT NULL) EXECUTE FUNCTION consents_release_holds_its_ground();
"""
