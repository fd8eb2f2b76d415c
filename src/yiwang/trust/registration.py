"""What trust tells the footing at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.trust import tasks


def register() -> None:
    """Declare operations; sequence the ledger each second, tidy up each hour."""
    declare("trust.seal.revoke", Text("吊销电子印章", "Revoke a seal"), roles={"city_admin"})
    # Nobody is asked who may order a certificate: it is the order that an officer decides.
    declare("trust.node.order", Text("申请节点证书", "Order a node's certificates"), roles={"system"})
    # At the console of the authority's own machine the act is the system's, after the person's yes.
    declare("trust.node.decide", Text("审批节点证书", "Decide on a node"), roles={"city_admin", "system"})
    declare("trust.node.revoke", Text("吊销节点证书", "Revoke a node"), roles={"city_admin", "system"})
    repeat("trust.sequence", tasks.sequence, seconds=1.0)
    repeat("trust.tidy", tasks.tidy, seconds=3600.0)
