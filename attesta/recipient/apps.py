from django.apps import AppConfig


class RecipientConfig(AppConfig):
    name = "attesta.recipient"
    label = "recipient"
