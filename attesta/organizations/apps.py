from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "attesta.organizations"
    label = "organizations"

    def ready(self) -> None:
        from attesta.organizations import letters, signals  # noqa: PLC0415 - models are not loaded before ready()

        letters.register()
        signals.connect()
