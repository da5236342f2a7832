"""The WSGI entry point that granian serves. It does not start without its keys."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attesta.config.settings")
application = get_wsgi_application()
