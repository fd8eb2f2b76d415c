"""What registers say of the matter of a case, as the organisation at work on it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefilledRow:
    """A field: what the applicant says of it (empty where nothing is compared) and what the register says.

    ``is_open`` is False where the grant leaves the field out; then nothing is known of it.
    """

    title: Text
    said: Text
    registered: Text
    differs: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefillView:
    """One resource. ``looked_at`` is None until somebody of the organisation has looked for this case.

    ``found`` is False where the register had no entry of the key. ``obstacle`` says why no look may be had
    now, if so; what was seen before stays. ``is_askable`` tells that the organisation can ask for a grant.
    """

    resource: str
    title: Text
    owner: str
    rows: tuple[PrefilledRow, ...]
    looked_at: datetime | None
    looked_by: str
    found: bool
    has_key: bool
    obstacle: YiwangError | None
    is_askable: bool

    @property
    def is_due(self) -> bool:
        """Whether a look may be had, and none was had yet."""
        return self.looked_at is None and self.has_key and self.obstacle is None
