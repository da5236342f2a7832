from django.apps import AppConfig


class IssuerConfig(AppConfig):
    name = "attesta.issuer"
    label = "issuer"
