"""Django app of identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Organisations, people, accounts, roles."""

    name = "yiwang.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Plug the guard in and declare the operations."""
        from yiwang.identity import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
