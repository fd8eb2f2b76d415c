"""Django app of the exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """How one department may see what another knows."""

    name = "yiwang.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations, kinds and evidence."""
        from yiwang.exchange import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
