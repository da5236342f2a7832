from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "attesta.web"
    label = "web"
