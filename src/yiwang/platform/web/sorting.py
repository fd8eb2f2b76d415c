"""By which column a table is sorted: links in its head, done by the server, so that every page of it agrees.

The address says ``?sort=title`` or ``?sort=-title``; what else it says stays, but for the number of the page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

PARAMETER = "sort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The column asked for, empty for the table's own order, and whether it runs downwards."""

    column: str = ""
    descending: bool = False


def asked_sorting(request: HttpRequest, sortable: Collection[str]) -> Sorting:
    """What the address asks for; columns that cannot be sorted by are not asked for."""
    given = request.GET.get(PARAMETER, "")
    column = given.removeprefix("-")
    return Sorting(column=column, descending=given.startswith("-")) if column in sortable else Sorting()


def sorted_columns(
    request: HttpRequest,
    columns: Iterable[Mapping[str, object]],
    sorting: Sorting,
    sortable: Collection[str],
    *,
    pages: Collection[str] = ("page", "after"),
) -> list[dict[str, object]]:
    """Columns of a ``{% table %}`` with the links that sort; ``pages`` are parameters that name a page."""
    return [
        {**column, **_link(request, str(column["key"]), sorting, pages)}
        if column["key"] in sortable
        else dict(column)
        for column in columns
    ]


def _link(request: HttpRequest, key: str, sorting: Sorting, pages: Collection[str]) -> dict[str, object]:
    is_chosen = sorting.column == key
    query = request.GET.copy()
    for name in pages:
        query.pop(name, None)
    query[PARAMETER] = f"-{key}" if is_chosen and not sorting.descending else key
    now = ("descending" if sorting.descending else "ascending") if is_chosen else "none"
    return {"sort_href": f"?{query.urlencode()}", "sorted": now}
