from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "attesta.shares"
    label = "shares"
