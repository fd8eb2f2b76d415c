"""What the whole database holds, as counts and checksums: two equal footprints, nothing was changed."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.engines.refusals.calls import Call

from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import PermissionNotAsked
from yiwang.platform.models import JournalEntry

#: What a refusal itself leaves; the directory's cache marks and sessions are not touched by commands.
_OF_REFUSALS = {"platform_journalentry"}
_TABLES = """
    SELECT table_schema, table_name FROM information_schema.tables
    WHERE table_schema IN ('public', 'reg') AND table_type = 'BASE TABLE'
    ORDER BY 1, 2
"""


def footprint() -> dict[str, tuple[int, int]]:
    """Rows and the sum of their hashes, by table."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [(schema, name) for schema, name in cursor.fetchall() if name not in _OF_REFUSALS]
        parts = [
            f"SELECT '{schema}.{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)"
            f' FROM "{schema}"."{name}" t'
            for schema, name in tables
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return {name: (rows, int(digest)) for name, rows, digest in cursor.fetchall()}


def refused(
    call: Call, family: type[YiwangError] | tuple[type[YiwangError], ...] = YiwangError, **changes: object
) -> YiwangError:
    """Make a call that must be refused; look at everything it could have touched."""
    before, lines = footprint(), JournalEntry.objects.count()

    with pytest.raises(family) as caught:
        call(**changes)

    error = caught.value
    assert not isinstance(error, PermissionNotAsked)
    assert error.sentence.zh
    assert error.sentence.en
    assert "{" not in error.sentence.zh + error.sentence.en
    line = JournalEntry.objects.order_by("-id")[0]
    assert (line.outcome, line.reason) == ("refused", error.code)
    assert JournalEntry.objects.count() == lines + 1
    assert footprint() == before
    return error
