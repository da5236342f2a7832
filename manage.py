"""Django's entry point; people use bin/attesta."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

# Of a file to be verified, 1 would say that it is not genuine (docs/verifying.md).
FAILED = 2 if sys.argv[1:2] == ["verify"] else 1

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attesta.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"{problem}\n")  # what to set, without the places in our code where it is read
        sys.exit(FAILED)
