"""The browser of these tests."""

from tests.browser import browse, chromium, site, started

__all__ = ["browse", "chromium", "site", "started"]
