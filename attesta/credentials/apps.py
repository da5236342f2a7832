from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "attesta.credentials"
    label = "credentials"

    def ready(self) -> None:
        from attesta.credentials import letters, signals  # noqa: PLC0415 - models are not loaded before ready()

        letters.register()
        signals.connect()
