"""Django app of the portal."""

from django.apps import AppConfig

from yiwang.portal.web.menu import register_menu


class PortalConfig(AppConfig):
    """What people see."""

    name = "yiwang.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the portal's entries into the menu."""
        register_menu()
