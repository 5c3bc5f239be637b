"""The database's own functions; each is on the guard test's list with its reason."""

FUNCTIONS = """
CREATE FUNCTION faden_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_user = 'faden_owner'
       AND current_setting('faden.expiring', true) = TG_TABLE_NAME THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'FD001';
END $$;

CREATE FUNCTION faden_epoch() RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT max(number) FROM public.kernel_auditepoch
$$;
"""

# Runs as faden_owner, which FORCE keeps inside the service the caller has put on.
EXPIRE = """
CREATE FUNCTION audit_expire(the_block uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    block public.kernel_auditblock%ROWTYPE;
    name  text;
    newest timestamptz;
    gone  integer;
BEGIN
    SELECT * INTO block FROM public.kernel_auditblock WHERE id = the_block;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such block in this service' USING ERRCODE = 'FD002';
    END IF;
    name := CASE block.stream WHEN 'deeds' THEN 'kernel_auditevent' ELSE 'kernel_look' END;
    -- The rows themselves are asked, not the block: whoever may write blocks could make one up.
    EXECUTE format('SELECT max(at) FROM public.%I WHERE organisation_id = $1 AND epoch = $2'
                   ' AND xid >= $3 AND xid < $4', name)
        INTO newest USING block.organisation_id, block.epoch, block.from_xid, block.horizon;
    IF greatest(newest, block.last_at) > now() - interval '1 year' THEN
        RAISE EXCEPTION 'a block is kept for a year at least' USING ERRCODE = 'FD003';
    END IF;
    PERFORM set_config('faden.expiring', name, true);
    EXECUTE format('DELETE FROM public.%I WHERE organisation_id = $1 AND epoch = $2'
                   ' AND xid >= $3 AND xid < $4', name)
        USING block.organisation_id, block.epoch, block.from_xid, block.horizon;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('faden.expiring', '', true);
    INSERT INTO public.kernel_auditexpiry (id, organisation_id, block_id, expired_at, count)
    VALUES (gen_random_uuid(), block.organisation_id, the_block, now(), gone);
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION audit_expire(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_expire(uuid) TO faden_app;
"""

COLUMNS = {
    "kernel_auditevent": "id, organisation_id, at, user_id, role, mac, event, subject_id, details",
    "kernel_look": "id, organisation_id, at, user_id, role, mac, kind, page, purpose, subject_id, shown",
}


def database_stamps(table: str) -> str:
    """Transaction id and epoch come from the database; the app role may not name them."""
    return f"""
    ALTER TABLE {table} ALTER COLUMN xid SET DEFAULT pg_current_xact_id(),
                        ALTER COLUMN epoch SET DEFAULT faden_epoch();
    REVOKE INSERT ON {table} FROM faden_app;
    GRANT INSERT ({COLUMNS[table]}) ON {table} TO faden_app;
    """
