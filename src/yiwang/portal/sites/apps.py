"""Django app of the group of sites."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """What the city's bodies publish, each on a site of its own."""

    name = "yiwang.portal.sites"
    label = "sites"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations and menus."""
        from yiwang.portal.sites import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
