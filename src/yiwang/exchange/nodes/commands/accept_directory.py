"""A node takes a directory that the centre signed."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509

from yiwang.exchange.models import NodeDirectory
from yiwang.exchange.nodes.contracts import DirectoryRefused
from yiwang.exchange.nodes.queries.standing import forget_place, get_identity, held_version
from yiwang.exchange.nodes.rules.directory import read_directory, refuse_unusable
from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.trust import api as trust
from yiwang.trust.contracts import SignedStatement


def accept_directory(statement: SignedStatement, *, at: datetime) -> int:
    """Check and keep it; gives its version. The one held before stays until a better one comes.

    Raises:
        DirectoryRefused: not signed by the authority joined, altered, expired, of another city, or older.
    """
    root = x509.load_der_x509_certificate(bytes(get_identity().root))
    if not trust.statement_holds(statement.content, statement.signature, statement.certificate, root, at=at):
        raise DirectoryRefused(reason=Text("不是城市签发的", "the city's authority did not sign it"))
    directory = read_directory(statement.content)
    refuse_unusable(directory, held=held_version(), instance=environment().city, at=at)
    NodeDirectory.objects.get_or_create(
        version=directory.version,
        defaults={
            "content": statement.content,
            "signature": statement.signature,
            "certificate": statement.certificate,
            "received_at": at,
        },
    )
    forget_place()
    return directory.version
