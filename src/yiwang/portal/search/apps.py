"""Django app of the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One search over what the city says."""

    name = "yiwang.portal.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sources and the menu."""
        from yiwang.portal.search import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
