from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "attesta.mail"
    label = "mail"
