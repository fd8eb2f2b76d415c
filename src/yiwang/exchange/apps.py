"""Django app of the exchange."""

from django.apps import AppConfig

from yiwang.exchange.providers import TRACE_SINKS
from yiwang.kernel.text import Text
from yiwang.packs.kinds import KINDS
from yiwang.platform.operations import declare

_OFFICERS = frozenset({"window", "handler", "reviewer", "approver", "supervisor"})
_OWNERS = frozenset({"approver", "leader"})


class ExchangeConfig(AppConfig):
    """How one department may see what another knows."""

    name = "yiwang.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare operations and the kind."""
        from yiwang.exchange.evidence import record_in_ledger  # noqa: PLC0415
        from yiwang.exchange.kinds import ResourceKind  # noqa: PLC0415 - models load after ready begins

        declare(
            "exchange.data.request",
            Text("经共享交换查询数据", "Ask for data through the exchange"),
            roles=_OFFICERS,
            citizens=True,
        )
        declare("exchange.grant.issue", Text("授权共享数据", "Grant access to data"), roles=_OWNERS)
        declare("exchange.grant.revoke", Text("撤销数据授权", "Revoke a grant"), roles=_OWNERS)
        KINDS.register(ResourceKind.key, ResourceKind())
        TRACE_SINKS.register("ledger", record_in_ledger)
