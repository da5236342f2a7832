from django.apps import AppConfig


class LearnerConfig(AppConfig):
    name = "attesta.learner"
    label = "learner"
