-- The five database roles of Faden. Run once per cluster by the database administrator (superuser):
--     psql -d postgres -f roles.sql
--     createdb --owner faden_owner --template template0 --encoding UTF8 --locale C.UTF-8 faden
-- Give faden_owner, faden_app and faden_backup a password or a certificate of your own (ALTER ROLE … PASSWORD …).
-- Running it again changes nothing.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['faden_owner', 'faden_app', 'faden_steward', 'faden_backup'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
    END LOOP;
END
$$;

-- Owns every table and migrates. It is a member of the steward only to hand functions to it:
-- the steward's policies ask for current_user, so they never open a table to the owner.
ALTER ROLE faden_owner   LOGIN   NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS INHERIT;
-- What the web server, the worker and the partner link connect as: owns nothing.
ALTER ROLE faden_app     LOGIN   NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
-- Owns the few functions that look across services. Nobody signs in as it.
ALTER ROLE faden_steward NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
-- Dump and restore checks only: reads everything, writes nothing.
ALTER ROLE faden_backup  LOGIN   NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;

GRANT faden_steward TO faden_owner;
