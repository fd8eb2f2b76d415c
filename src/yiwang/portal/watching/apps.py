"""Django app of the watch over the sites."""

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    """How every site of the group stands, day by day."""

    name = "yiwang.portal.watching"
    label = "watching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations, loops and menus."""
        from yiwang.portal.watching import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
