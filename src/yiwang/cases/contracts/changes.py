"""A change of a register that a case asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Under which a case keeps what is asked for.
KEY = "change"


class ChangeAct(StrEnum):
    """What is asked for."""

    ENTER = "enter"
    CORRECTION = "correction"
    CHANGE = "change"
    RETIRE = "retire"


CHANGE_ACT_TEXTS = {
    ChangeAct.ENTER: Text("新增登记项", "Add an entry"),
    ChangeAct.CORRECTION: Text("更正（原来登记有误）", "Correct it: it was recorded wrongly"),
    ChangeAct.CHANGE: Text("变更（情况有变化）", "Change it: something has changed"),
    ChangeAct.RETIRE: Text("注销登记项", "Retire the entry"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChange:
    """The request: wanted ``values`` as texts, over ``version`` of an entry whose values were ``before``.

    Of an entry that is to be added, ``entry`` and ``version`` are 0 and ``before`` is empty.
    ``present`` are the values of that version where it is newer than the one first asked about.
    """

    register: str
    entry: int
    act: ChangeAct
    version: int
    values: Mapping[str, str | None]
    before: Mapping[str, Json]
    owner: str
    source: str
    valid_from: str = ""
    present: Mapping[str, Json] = field(default_factory=dict)

    def as_json(self) -> dict[str, Json]:
        """As the case keeps it."""
        return {
            "register": self.register,
            "entry": self.entry,
            "act": str(self.act),
            "version": self.version,
            "values": dict(self.values),
            "before": dict(self.before),
            "owner": self.owner,
            "source": self.source,
            "valid_from": self.valid_from,
            "present": dict(self.present),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Json]) -> AskedChange:
        """From what :meth:`as_json` gave."""
        entry, version = kept["entry"], kept["version"]
        values, before, present = (_mapping(kept.get(name)) for name in ("values", "before", "present"))
        if not isinstance(entry, int) or not isinstance(version, int):
            raise TypeError("entry and version are numbers")
        return cls(
            register=str(kept["register"]),
            entry=entry,
            act=ChangeAct(str(kept["act"])),
            version=version,
            values={name: None if value is None else str(value) for name, value in values.items()},
            before=before,
            owner=str(kept["owner"]),
            source=str(kept["source"]),
            valid_from=str(kept.get("valid_from") or ""),
            present=present,
        )


def asked_change(data: Mapping[str, Json]) -> AskedChange | None:
    """The change that the data of a case hold; None if the case asks for none."""
    found = data.get(KEY)
    return AskedChange.from_json(found) if isinstance(found, dict) else None


def _mapping(found: Json) -> Mapping[str, Json]:
    return found if isinstance(found, dict) else {}
