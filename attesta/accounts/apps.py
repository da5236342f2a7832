from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "attesta.accounts"
    label = "accounts"
