"""Where the project's own files lie."""

from pathlib import Path

GRANTS = Path(__file__).with_name("grants.sql")
ROLES = Path(__file__).with_name("roles.sql")
