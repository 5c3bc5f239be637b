"""What ended without being taken to the file is gone with its end: no purpose is left to keep it for."""

CONTENT_GOES = """
CREATE OR REPLACE FUNCTION consents_delivery_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.filed_at IS DISTINCT FROM OLD.filed_at AND (OLD.filed_at IS NOT NULL OR OLD.ended_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was filed or has ended is not filed again' USING ERRCODE = 'FD017';
    END IF;
    IF NEW.ended_at IS NOT NULL AND NEW.filed_at IS NULL THEN
        NEW.content := NULL;
    ELSIF NEW.content IS NULL AND OLD.content IS NOT NULL AND NEW.erasure <> 'erased' THEN
        RAISE EXCEPTION 'content goes only by a decision' USING ERRCODE = 'FD018';
    END IF;
    RETURN NEW;
END $$;
"""
