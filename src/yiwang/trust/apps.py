"""Django app of trust."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Keys, seals, the ledger."""

    name = "yiwang.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the operations and the sequencer's loop."""
        from yiwang.trust import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
