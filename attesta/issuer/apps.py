from django.apps import AppConfig


class IssuerConfig(AppConfig):
    name = "attesta.issuer"
    label = "issuer"

    def ready(self) -> None:
        from attesta.issuer import signals  # noqa: PLC0415 - models are not loaded before ready()

        signals.connect()
