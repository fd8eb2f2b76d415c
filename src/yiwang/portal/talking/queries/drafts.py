"""Who sees what an office writes for people: everybody once it is out, until then its own officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import QuerySet

from yiwang.cases.api import visible_organisations
from yiwang.kernel.errors import NotFound
from yiwang.platform.contracts import Actor
from yiwang.portal.talking.models.drafts import Draft

Row = TypeVar("Row", bound=Draft)


@dataclass(frozen=True, slots=True)
class Drafts(Generic[Row]):
    """Rows of one kind; ``operation`` is what an officer needs to see those of his organisation."""

    rows: Callable[[], QuerySet[Row]]
    missing: type[NotFound]
    operation: str

    def locked(self, key: int) -> Row:
        """One under its lock, for an act; raises ``missing``."""
        return self._found(self.rows().select_for_update(), key)

    def public(self) -> QuerySet[Row]:
        """Those that are or were out, those that end last first."""
        return self.rows().filter(put_out_at__isnull=False).order_by("-closes_on", "-id")

    def public_one(self, key: int) -> Row:
        """One that is or was out; raises ``missing``."""
        return self._found(self.public(), key)

    def own(self, actor: Actor) -> QuerySet[Row]:
        """Those within an officer's reach, the newest first."""
        seen = visible_organisations(actor, self.operation)
        rows = self.rows().order_by("-id")
        return rows if seen is None else rows.filter(organisation__in=seen)

    def own_one(self, actor: Actor, key: int) -> Row:
        """One within an officer's reach; raises ``missing`` where there is none or it is another's."""
        return self._found(self.own(actor), key)

    def _found(self, rows: QuerySet[Row], key: int) -> Row:
        row = rows.filter(pk=key).first()
        if row is None:
            raise self.missing()
        return row
