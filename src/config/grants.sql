-- Run by `faden migrate` as faden_owner inside Faden's database before the migrations:
-- each new table comes with its grants. Append-only tables take theirs back in their migration.
GRANT USAGE ON SCHEMA public TO faden_app, faden_backup;
GRANT USAGE, CREATE ON SCHEMA public TO faden_steward;
ALTER DEFAULT PRIVILEGES FOR ROLE faden_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO faden_app;
ALTER DEFAULT PRIVILEGES FOR ROLE faden_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO faden_app;
ALTER DEFAULT PRIVILEGES FOR ROLE faden_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO faden_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE faden_owner IN SCHEMA public
    GRANT SELECT ON SEQUENCES TO faden_backup;
