from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core import checks

from attesta.config.checks import file_opens


class ConfigRoomConfig(AppConfig):
    name = "attesta.config"
    label = "config"

    def ready(self) -> None:
        checks.register(file_opens)


class OperationsConfig(admin.AdminConfig):
    """Django's admin as the operators' view: what rooms register in ``admin.py`` is shown by our site (ADR 31)."""

    default = False
    default_site = "attesta.web.operations.Operations"
