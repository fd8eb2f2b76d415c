"""Django app of packs."""

from django.apps import AppConfig

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare


class PacksConfig(AppConfig):
    """Declared systems of the city."""

    name = "yiwang.packs"
    label = "packs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the operation of applying."""
        declare(
            "packs.plan.apply", Text("应用系统包", "Apply packs"), roles=frozenset({"city_admin", "system"})
        )
