"""Django app of the kept pages."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Public pages kept ready for everybody."""

    name = "yiwang.portal.keeping"
    label = "keeping"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the worker does."""
        from yiwang.portal.keeping import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
