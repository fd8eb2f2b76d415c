"""Django app of the proofs of pages."""

from django.apps import AppConfig


class ProofsConfig(AppConfig):
    """What published pages said, and when."""

    name = "yiwang.portal.proofs"
    label = "proofs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the worker does."""
        from yiwang.portal.proofs import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
