"""The WSGI entry: `faden serve` runs it under granian, gunicorn works too."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# What is loaded by now stays: without it the collector walks all modules and templates again and again.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
