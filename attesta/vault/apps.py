from django.apps import AppConfig
from django.core import checks

from attesta.vault.checks import keys_are_there


class VaultConfig(AppConfig):
    name = "attesta.vault"
    label = "vault"

    def ready(self) -> None:
        checks.register(keys_are_there, checks.Tags.security)
