"""Imports every module that declares jobs, so that the worker knows them."""

from faden.jobs import audit, deliveries, documents, housekeeping, retention  # noqa: F401 -- they register their jobs
