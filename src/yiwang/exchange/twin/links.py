"""The twin as the catalogue shows it."""

from __future__ import annotations

from yiwang.exchange.contracts import ResourceInfo
from yiwang.exchange.providers import ResourceLink
from yiwang.exchange.twin.providers import TWINS
from yiwang.kernel.text import Text


def twin_link(info: ResourceInfo) -> ResourceLink | None:
    """The service that answers with made-up data; None for a kind without a twin."""
    if info.kind not in TWINS:
        return None
    return ResourceLink(
        title=Text("孪生接口（虚构数据，供联调测试）", "Synthetic twin (made-up data, for testing)"),
        path=f"/api/twin/resources/{info.code}",
        format="JSON",
        media_type="application/json",
        description="/api/openapi.json",
    )
