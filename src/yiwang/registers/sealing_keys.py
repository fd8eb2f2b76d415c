"""The keys of fields that lie encrypted, given to each session of the database as it begins.

They are derived from the installation's secret (HKDF-SHA256, RFC 5869) under a label of their own and go as
a bound parameter into a setting that only the session itself can read. So every statement, a COPY too, can
encrypt and decrypt whole sets, and no statement's text holds a key. Who loses the secret loses the values:
it belongs into the backup.
"""

from __future__ import annotations

from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg import Connection, RawCursor

from yiwang.platform.environment import environment

_LABEL = b"yiwang.registers/sealing/1"
#: To encrypt, to authenticate, to find equal values.
_BYTES = 3 * 32
_HAND_OVER = "SELECT set_config('yiwang.sealing', $1, false)"


@cache
def keys() -> str:
    """The three keys in hex."""
    derive = HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=_LABEL)
    return derive.derive(environment().secret().encode()).hex()


def hand_over(sender: object, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Give a new session its keys; the server binds them, Django's own cursors would spell them out."""
    raw = connection.connection
    if isinstance(raw, Connection):
        with RawCursor(raw) as cursor:
            cursor.execute(_HAND_OVER, [keys()])


def register() -> None:
    """Run once at start."""
    connection_created.connect(hand_over, dispatch_uid="yiwang.registers.sealing")
