"""What of a change is told. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from yiwang.exchange.contracts import ResourceInfo, Secrecy
from yiwang.exchange.subscriptions.contracts import Change, Event
from yiwang.platform.contracts import Json

_MASKED: dict[str, Json] = {"masked": True}


def event_of(
    change: Change, resource: ResourceInfo, fields: Collection[str], *, key_field: str, named: Collection[str]
) -> Event | None:
    """The event of a change; None where nothing that the subscriber may know has changed.

    An entry that leaves the rows watched is told without any value of before or after. Sensitive fields
    (PIPL, article 28) say only that they changed: their value is a look with its own purpose.
    """
    sensitive = {f.name for f in resource.fields if f.secrecy is Secrecy.SENSITIVE}
    old, new = change.old, change.new
    if new is None:
        if old is None:
            return None
        kind, told = "left", dict[str, Json]()
    else:
        kind = "changed" if old is not None else "entered"
        told = _difference(old, new, fields, sensitive)
        if kind == "changed" and not told:
            return None
    return Event(
        id=str(change.place),
        kind="left" if kind == "left" else "changed" if kind == "changed" else "entered",
        entry=change.place.entry,
        key=change.key if key_field in fields or change.key in named else "",
        version=change.version,
        at=change.at,
        fields=told,
    )


def _difference(
    old: Mapping[str, Json] | None,
    new: Mapping[str, Json],
    fields: Collection[str],
    sensitive: Collection[str],
) -> dict[str, Json]:
    told: dict[str, Json] = {}
    for name in fields:
        after = new[name]
        before = old[name] if old is not None else None
        if old is not None and before == after:
            continue
        if name in sensitive:
            told[name] = dict(_MASKED)
        else:
            told[name] = {"old": before, "new": after} if old is not None else {"new": after}
    return told
