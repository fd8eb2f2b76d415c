"""Django app of identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Organisations, people, accounts, roles."""

    name = "yiwang.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
