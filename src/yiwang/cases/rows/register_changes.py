"""A change of a register that a case asks for: what it stands on, and the write that the decision makes.

``data.change`` of the case: ``{"register", "entry", "act", "version", "values", "before", "owner", "source",
"valid_from"}``, and ``"present"`` once the request was set on a newer version of the entry. The write stands
in the transaction of the decision, so there is no decision without it, nor a change without a decision.
"""

from __future__ import annotations

from datetime import date

from yiwang.cases.contracts.changes import AskedChange, ChangeAct, asked_change
from yiwang.cases.contracts.errors import ChangeOutdated, ProcessStuck
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.register_entries import named_refusals
from yiwang.cases.rows.work import Work
from yiwang.registers.api import find_standing, record_amendment, record_entry, record_retirement


def write_change(work: Work, live: Live, *, node: str) -> None:
    """Write the change with the case number as its basis.

    Raises:
        ProcessStuck: the case asks for no change.
        ChangeOutdated: the entry has another version than the one asked about, or ended; nothing is changed.
        EntryRefused, KeyTaken, StillReferred: the register refuses it; nothing is changed.
    """
    asked = asked_change(live.root.data)
    if asked is None:
        raise ProcessStuck(node=node, reason="no change of a register is asked for")
    if asked.act is ChangeAct.ENTER:
        _enter(work, live, asked)
        return
    standing = find_standing(asked.register, entry=asked.entry)
    if standing is None or standing.version != asked.version:
        raise ChangeOutdated(number=live.root.row.number)
    # a decision's clock may lie behind that of the act which wrote the version
    at = max(work.at, standing.known_from)
    if asked.act is ChangeAct.RETIRE:
        record_retirement(at=at, register=asked.register, entry=asked.entry, version=asked.version)
        work.log(live, "retired_in_register", register=asked.register, entry=asked.entry)
        return
    with named_refusals(asked.register):
        record_amendment(
            by=work.actor.account_id,
            at=at,
            register=asked.register,
            entry=asked.entry,
            version=asked.version,
            values=asked.values,
            kind="change" if asked.act is ChangeAct.CHANGE else "correction",
            valid_from=_day(asked.valid_from),
            basis=live.root.row.number,
        )
    work.log(live, "amended_in_register", register=asked.register, entry=asked.entry)


def _enter(work: Work, live: Live, asked: AskedChange) -> None:
    with named_refusals(asked.register):
        made = record_entry(
            by=work.actor.account_id,
            at=work.at,
            register=asked.register,
            values=asked.values,
            source=asked.source,
            basis=live.root.row.number,
        )
    work.log(live, "entered_in_register", register=asked.register, entry=made.entry)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
