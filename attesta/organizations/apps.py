from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "attesta.organizations"
    label = "organizations"
