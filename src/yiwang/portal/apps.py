"""Django app of the portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """What people see."""

    name = "yiwang.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the engines below about the portal, once the models are there."""
        from yiwang.portal.registration import register  # noqa: PLC0415 - identity's door needs its models

        register()
