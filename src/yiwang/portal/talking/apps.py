"""Django app of talking."""

from django.apps import AppConfig


class TalkingConfig(AppConfig):
    """Letters and answers in public, drafts put out for comment, surveys and votes."""

    name = "yiwang.portal.talking"
    label = "talking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register operations and menus."""
        from yiwang.portal.talking import registration  # noqa: PLC0415 - models exist only once apps are ready

        registration.register()
