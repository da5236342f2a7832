from django.apps import AppConfig


class VerifierConfig(AppConfig):
    name = "attesta.verifier"
    label = "verifier"
