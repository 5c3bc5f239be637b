"""Migrations, run as faden_owner."""

from contextlib import nullcontext

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.first_migration import drawn_sparingly
from config.places import GRANTS


def migrate(verbosity: int = 1) -> None:
    """Default privileges first, so that every new table has its grants; then migrations and static files."""
    with connection.cursor() as cursor:
        cursor.execute(GRANTS.read_text())
        cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
        is_empty = cursor.fetchone()[0]
    with drawn_sparingly() if is_empty else nullcontext():
        call_command("migrate", interactive=False, verbosity=verbosity, skip_checks=True)
    if settings.STATIC_ROOT:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
