"""What trust tells the footing at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.trust import tasks


def register() -> None:
    """Declare operations; sequence the ledger each second."""
    declare("trust.seal.revoke", Text("吊销电子印章", "Revoke a seal"), roles={"city_admin"})
    repeat("trust.sequence", tasks.sequence, seconds=1.0)
