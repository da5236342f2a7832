"""The WSGI entry point that granian serves. Without its keys it does not start."""

import os

from django.core.wsgi import get_wsgi_application

from attesta.vault import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attesta.config.settings")
application = get_wsgi_application()
checks.ensure()
