"""Imports every module that declares jobs, so that the worker knows them."""

from faden.jobs import (  # noqa: F401 -- they register their jobs
    audit,
    chains,
    coming_of_age,
    conferences,
    consents,
    deadlines,
    deliveries,
    documents,
    duplicates,
    emergencies,
    findings,
    housekeeping,
    links,
    offers,
    protection,
    referrals,
    reminders,
    retention,
    transfers,
    watches,
)
