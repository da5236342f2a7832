from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "attesta.organizations"
    label = "organizations"
    verbose_name = _("Institutions")

    def ready(self) -> None:
        from attesta.organizations import letters, signals  # noqa: PLC0415 - models are not loaded before ready()

        letters.register()
        signals.connect()
