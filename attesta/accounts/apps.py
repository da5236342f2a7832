from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "attesta.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from attesta.accounts import factors, letters, listing, receivers  # noqa: PLC0415
        from attesta.vault import rotation  # noqa: PLC0415

        letters.register()
        receivers.connect()
        listing.connect()
        rotation.register(factors.reseal)
