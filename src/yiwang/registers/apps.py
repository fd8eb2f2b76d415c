"""Django app of registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """What the city knows."""

    name = "yiwang.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations, kinds and answers to the exchange."""
        from yiwang.registers import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
