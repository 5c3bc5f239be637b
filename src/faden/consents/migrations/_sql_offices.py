"""What a person asks of an office goes only there, and only because she wants it."""

ASKED_BY_HER = """
CREATE FUNCTION consents_release_is_asked_by_her() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    decides_about_stay boolean;
BEGIN
    IF NEW.recipient_id IS NULL THEN
        SELECT kind IN ('abh', 'einbuergerung') INTO decides_about_stay FROM organisations_agency
         WHERE organisation_id = NEW.organisation_id AND id = NEW.agency_id;
    ELSE
        SELECT kind IN ('immigration_office', 'naturalisation_office') INTO decides_about_stay
          FROM organisations_organisation WHERE id = NEW.recipient_id;
    END IF;
    IF decides_about_stay IS NOT TRUE OR NEW.ground NOT IN ('einwilligung', 'selbst_mitgenommen') THEN
        RAISE EXCEPTION 'a request of hers goes to an office that decides about the stay, and never by law' USING ERRCODE = 'FD022';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consents_release_is_asked_by_her BEFORE INSERT ON consents_release
    FOR EACH ROW WHEN (NEW.kind = 'residence') EXECUTE FUNCTION consents_release_is_asked_by_her();
"""
