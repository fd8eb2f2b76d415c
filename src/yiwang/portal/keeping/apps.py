"""Django app of the kept pages."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Public pages kept ready for everybody."""

    name = "yiwang.portal.keeping"
    label = "keeping"
    default_auto_field = "django.db.models.BigAutoField"
