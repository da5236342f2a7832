from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "attesta.accounts"
    label = "accounts"

    def ready(self) -> None:
        from attesta.accounts import factors, letters, listing, receivers  # noqa: PLC0415
        from attesta.vault import rotation  # noqa: PLC0415

        letters.register()
        receivers.connect()
        listing.connect()
        rotation.register(factors.reseal)
