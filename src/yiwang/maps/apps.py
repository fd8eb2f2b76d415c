"""Django app of maps."""

from django.apps import AppConfig


class MapsConfig(AppConfig):
    """Layers, tiles and places."""

    name = "yiwang.maps"
    label = "maps"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the engines below."""
        from yiwang.maps import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
