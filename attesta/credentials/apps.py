from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "attesta.credentials"
    label = "credentials"
