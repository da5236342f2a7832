from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "attesta.vault"
    label = "vault"
