from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "attesta.credentials"
    label = "credentials"

    def ready(self) -> None:
        from attesta.credentials import holdings, letters, signals  # noqa: PLC0415 - models are not loaded before ready()

        holdings.register()
        letters.register()
        signals.connect()
