"""The directory is read by everybody and written by its own service; each change counts on the shelf."""

_TABLES = ("directory_source", "directory_provider", "directory_offer", "directory_place")

# Beside `own_service`: who reads sees all of them, whoever is or is not signed in.
OPEN_TO_ALL = "".join(f"CREATE POLICY open_to_all ON {table} FOR SELECT TO faden_app USING (true);" for table in _TABLES)

# Ended, never deleted: a Vermittlung names an offer. A place goes with a change of its offer.
KEPT = "".join(f"REVOKE DELETE ON {table} FROM faden_app;" for table in _TABLES[:3])

# A sequence never gives a number twice, also after a rollback; the row shows it only with the commit.
SHELF = """
CREATE SEQUENCE directory_shelf_number;
INSERT INTO directory_shelf (id, version) VALUES (1, nextval('directory_shelf_number'));
REVOKE INSERT, DELETE ON directory_shelf FROM faden_app;
CREATE FUNCTION directory_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.directory_shelf SET version = nextval('public.directory_shelf_number');
    RETURN NULL;
END
$$;
""" + "".join(
    f"CREATE TRIGGER {table}_counts AFTER INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();"
    for table in _TABLES
)
