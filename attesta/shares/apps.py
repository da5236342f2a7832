from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharesConfig(AppConfig):
    name = "attesta.shares"
    label = "shares"
    verbose_name = _("Shares")

    def ready(self) -> None:
        from attesta.shares import letters, resealing  # noqa: PLC0415 - models must be loaded first

        letters.register()
        resealing.register()
