from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate

from attesta.vault.checks import keys_are_there


class VaultConfig(AppConfig):
    name = "attesta.vault"
    label = "vault"

    def ready(self) -> None:
        # Models must be loaded first.
        from attesta.vault import folder  # noqa: PLC0415

        checks.register(keys_are_there, checks.Tags.security)
        post_migrate.connect(folder.after_migrate, sender=self)
