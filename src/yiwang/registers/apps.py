"""Django app of registers."""

from django.apps import AppConfig

from yiwang.exchange.providers import PROVIDERS
from yiwang.kernel.text import Text
from yiwang.packs.kinds import KINDS
from yiwang.platform.operations import declare

_READERS = frozenset({"window", "handler", "reviewer", "approver", "supervisor"})
_WRITERS = frozenset({"window", "handler"})
_DECIDERS = frozenset({"handler", "approver"})


class RegistersConfig(AppConfig):
    """What the city knows."""

    name = "yiwang.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare operations and the kind."""
        from yiwang.registers.kinds import RegisterKind  # noqa: PLC0415 - models load after ready begins
        from yiwang.registers.provider import RegisterProvider  # noqa: PLC0415

        declare("registers.entry.list", Text("查询登记簿", "Look through a register"), roles=_READERS)
        declare("registers.entry.read", Text("查阅登记条目", "Open an entry"), roles=_READERS)
        declare(
            "registers.entry.read_sensitive",
            Text("查阅敏感个人信息", "Read sensitive personal data"),
            roles=_DECIDERS,
        )
        declare("registers.entry.enter", Text("登记条目", "Enter an entry"), roles=_WRITERS)
        declare("registers.entry.amend", Text("变更或更正条目", "Amend an entry"), roles=_WRITERS)
        declare("registers.entry.retire", Text("注销条目", "Retire an entry"), roles=_DECIDERS)
        declare("registers.file.load", Text("批量导入登记簿", "Load a file into a register"), roles=_DECIDERS)
        KINDS.register(RegisterKind.key, RegisterKind())
        PROVIDERS.register("register", RegisterProvider())
