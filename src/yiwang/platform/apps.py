"""Django app of the footing."""

from django.apps import AppConfig

from yiwang.platform.loops import repeat


class PlatformConfig(AppConfig):
    """Journal, outbox, files, page footing."""

    name = "yiwang.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Deliver facts as long as a worker runs."""
        from yiwang.platform import jobs, outbox  # noqa: PLC0415 - models exist only once apps are ready

        repeat("platform.outbox", lambda at: outbox.deliver(at=at), seconds=0.5)
        repeat("platform.lost_jobs", jobs.take_up_lost, seconds=5.0)
