"""The private PostgreSQL of an installation: made, started, stopped and removed here.

It listens on a unix socket only, inside a folder that nobody but its owner can enter.
"""

from yiwang.platform.private_database.dsn import Dsn
from yiwang.platform.private_database.other_server import check_other
from yiwang.platform.private_database.server import Status, destroy, ensure_running, status, stop

__all__ = ["Dsn", "Status", "check_other", "destroy", "ensure_running", "status", "stop"]
