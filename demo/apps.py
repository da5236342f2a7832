"""The demonstration's app; ``attesta.config.settings`` installs it in demonstration mode alone."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self) -> None:
        """Raises ImproperlyConfigured outside demonstration mode, whoever installed it."""
        if not settings.DEMONSTRATION:
            raise ImproperlyConfigured("The demonstration runs only with ATTESTA_MODE=demonstration.")
        # Models must be loaded first.
        from attesta.vault import rotation  # noqa: PLC0415
        from demo import backend  # noqa: PLC0415

        rotation.register(backend.reseal)
