"""The browser of these tests."""

from tests.browser import browse, chromium, site

__all__ = ["browse", "chromium", "site"]
