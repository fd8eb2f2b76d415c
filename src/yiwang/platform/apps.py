"""Django app of the footing."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Journal, outbox, files, page footing."""

    name = "yiwang.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
