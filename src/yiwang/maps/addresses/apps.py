"""Django app of addresses."""

from django.apps import AppConfig


class AddressesConfig(AppConfig):
    """Where a written address is."""

    name = "yiwang.maps.addresses"
    label = "addresses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the registers of addresses and names."""
        from yiwang.maps.addresses import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
