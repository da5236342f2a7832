from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "attesta.activity"
    label = "activity"
