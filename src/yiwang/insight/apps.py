"""Django app of insight."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Electronic supervision: boards, scores, reports, public statistics."""

    name = "yiwang.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the engines below."""
        from yiwang.insight import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
