"""Django app of cases."""

from django.apps import AppConfig

from yiwang.cases.operations import declare_operations


class CasesConfig(AppConfig):
    """Cases, their clocks and their supervision."""

    name = "yiwang.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what may be granted."""
        declare_operations()
