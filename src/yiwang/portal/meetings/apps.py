"""Django app of meeting notices."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Notices of meetings with receipt and reply by department."""

    name = "yiwang.portal.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations, menus and the reminder."""
        from yiwang.portal.meetings import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
