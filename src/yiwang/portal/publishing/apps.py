"""Django app of publishing: its rules are pure, what is known of links is kept."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """What must hold before a page goes out and while it stands."""

    name = "yiwang.portal.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register its kind of definitions, its operation and its loop."""
        from yiwang.portal.publishing import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
