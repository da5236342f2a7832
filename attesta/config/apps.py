from django.apps import AppConfig


class ConfigRoomConfig(AppConfig):
    name = "attesta.config"
    label = "config"
