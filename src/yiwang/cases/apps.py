"""Django app of cases."""

from django.apps import AppConfig

from yiwang.cases.operations import declare_operations


class CasesConfig(AppConfig):
    """Cases, their clocks and their supervision."""

    name = "yiwang.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what may be granted and what packs may tell."""
        from yiwang.cases import registration  # noqa: PLC0415 - models exist only once apps are ready

        declare_operations()
        registration.register()
