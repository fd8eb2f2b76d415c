"""Django app of the assessment."""

from django.apps import AppConfig


class AssessingConfig(AppConfig):
    """How well each department discloses."""

    name = "yiwang.portal.assessing"
    label = "assessing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations, the kind of definitions and the menu."""
        from yiwang.portal.assessing import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
