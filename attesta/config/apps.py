from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ConfigRoomConfig(AppConfig):
    name = "attesta.config"
    label = "config"


class OperationsConfig(admin.AdminConfig):
    """Django's admin as the operators' view: what rooms register in ``admin.py`` is shown by our site (ADR 31)."""

    default = False
    default_site = "attesta.web.operations.Operations"
