"""Collected static files under hashed names, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Without this a page of today could run yesterday's part of the scripts."""

    support_js_module_import_aggregation = True
