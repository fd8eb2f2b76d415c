"""Django app of situations."""

from django.apps import AppConfig


class SituationsConfig(AppConfig):
    """How things stand in the city now."""

    name = "yiwang.insight.situations"
    label = "situations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the engines below."""
        from yiwang.insight.situations import registration  # noqa: PLC0415 - models need apps to be ready

        registration.register()
