"""Django app of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Which entries of several lists are one firm, and what the lists disagree on."""

    name = "yiwang.registers.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations, the kind of definitions and the menu."""
        from yiwang.registers.matching import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
