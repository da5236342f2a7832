from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "attesta.shares"
    label = "shares"

    def ready(self) -> None:
        from attesta.shares import letters, resealing  # noqa: PLC0415 - models must be loaded first

        letters.register()
        resealing.register()
