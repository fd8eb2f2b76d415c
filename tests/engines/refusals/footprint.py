"""What the whole database holds, as counts and checksums: two equal footprints, nothing was changed."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.engines.refusals.call import Call

from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import PermissionNotAsked
from yiwang.platform.models import JournalEntry

#: What a refusal itself leaves; the directory's cache marks and sessions are not touched by commands.
_OF_REFUSALS = {"platform_journalentry"}
#: PostGIS brings eight thousand coordinate systems: to hash them took five sixths of a footprint.
_OF_EXTENSIONS = "EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
_TABLES = f"""
    SELECT c.oid, n.nspname, c.relname, {_OF_EXTENSIONS} FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'reg') AND c.relkind IN ('r', 'p')
    ORDER BY 2, 3
"""
_WRITES = " + ".join(
    f"pg_stat_get_xact_tuples_{kind}({{oid}})" for kind in ("inserted", "updated", "deleted")
)


def footprint() -> dict[str, tuple[int, int]]:
    """Rows and the sum of their hashes, by table; of an extension's table the rows written meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        parts = [
            f"SELECT '{schema}.{name}', {_WRITES.format(oid=oid)}, 0"
            if foreign
            else f"SELECT '{schema}.{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)"
            f' FROM "{schema}"."{name}" t'
            for oid, schema, name, foreign in cursor.fetchall()
            if name not in _OF_REFUSALS
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
