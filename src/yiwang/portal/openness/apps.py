"""Django app of openness."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    """Lists of what is disclosed, policy files, public answers, followers."""

    name = "yiwang.portal.openness"
    label = "openness"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations, menus, loops and what the search finds."""
        from yiwang.portal.openness import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
