"""Django app of the kiosks."""

from django.apps import AppConfig


class KioskConfig(AppConfig):
    """Terminals in public places, and the notices of communities that they show."""

    name = "yiwang.portal.kiosk"
    label = "kiosk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations and menus."""
        from yiwang.portal.kiosk import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
