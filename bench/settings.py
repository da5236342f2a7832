"""The product's settings with the baselines' views beside it."""

from attesta.config.settings import *  # noqa: F403 - a settings module is a namespace
from attesta.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
