"""Imports every module that declares jobs, so that the worker knows them."""

from faden.jobs import (  # noqa: F401 -- they register their jobs
    audit,
    chains,
    coming_of_age,
    deadlines,
    deliveries,
    documents,
    duplicates,
    housekeeping,
    protection,
    reminders,
    retention,
)
