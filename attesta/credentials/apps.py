from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "attesta.credentials"
    label = "credentials"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from attesta.credentials import holdings, letters, signals  # noqa: PLC0415 - models are not loaded before ready()

        holdings.register()
        letters.register()
        signals.connect()
