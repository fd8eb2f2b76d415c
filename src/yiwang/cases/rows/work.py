"""One act at work: who, when, the cases it holds, and the rows that it will write at the end.

Rows are noted while the act thinks and written at its end in one statement, however many children a joint
step opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from procrastinate.contrib.django import app as jobs

from yiwang.cases.contracts import facts
from yiwang.cases.rows import statements
from yiwang.cases.rows.records import Live, Ruling
from yiwang.platform import sql
from yiwang.platform.command import emit, write_at_end
from yiwang.platform.contracts import Actor, Json
from yiwang.platform.outbox import is_wanted
from yiwang.trust.api import record_part

#: Name of the job that makes a letter; ``tasks.py`` defines it. It is deferred in the act's transaction.
MAKE_LETTER = "yiwang.cases.make_letter"
Row = dict[str, object]


@dataclass
class Work:
    """The act in progress. ``note_row`` collects; ``write`` stores everything and tells the facts."""

    actor: Actor
    at: datetime
    rows: dict[str, list[Row]] = field(default_factory=dict)
    lives: dict[int, Live] = field(default_factory=dict)
    new_cases: dict[int, Row] = field(default_factory=dict)
    #: Rows of the tokens that this act opens, by case and number.
    new_tokens: dict[tuple[int, int], Row] = field(default_factory=dict)
    #: The last verdict of this act, by case.
    rulings: dict[int, Ruling] = field(default_factory=dict)
    letters: list[int] = field(default_factory=list)
    #: What the officer noted in this act, for the applicant where the process says so.
    last_note: str = ""
    #: The same where the step writes to the applicant.
    last_reply: str = ""

    def hold(self, live: Live) -> Live:
        """Note that this act changes a case, so that its version moves on."""
        if not live.touched:
            live.touched = True
            self.lives[live.id] = live
        return live

    def note_row(self, table: str, **columns: object) -> Row:
        """Note a row to be written."""
        self.rows.setdefault(table, []).append(columns)
        return columns

    def note_change(self, table: str, *keys: str, **columns: object) -> None:
        """Note a change of a row that the act may change again: the later columns cover the earlier."""
        rows = self.rows.setdefault(table, [])
        for row in rows:
            if all(row[key] == columns[key] for key in keys):
                row.update(columns)
                return
        rows.append(columns)

    def change_token(self, case_id: int, number: int, **columns: object) -> None:
        """Note a change of a token; one that this act opened is stored as it stands at the end."""
        row = self.new_tokens.get((case_id, number))
        if row is not None:
            row.update(columns)
            return
        self.note_change("tokens_changed", "case_id", "number", case_id=case_id, number=number, **columns)

    def forget(self, table: str, case_id: int, token: int) -> None:
        """Take back what was noted for a token that this act opened."""
        rows = self.rows.get(table)
        if rows:
            rows[:] = [row for row in rows if (row["case_id"], row["token"]) != (case_id, token)]

    def log(self, live: Live, act: str, **detail: Json) -> None:
        """Put a line into the log of a case. Codes and what was said officially; no personal data."""
        self.log_for(live.id, act, **detail)

    def log_for(self, case_id: int, act: str, **detail: Json) -> None:
        """The same by the id of a case that this act does not change."""
        actor = self.actor
        self.note_row(
            "events",
            case_id=case_id,
            at=self.at,
            act=act,
            actor_kind=actor.kind,
            account_id=actor.account_id,
            actor_name=actor.name,
            organisation=actor.organisation,
            delegated_by=actor.delegated_by,
            detail=detail,
        )

    def tell(self, name: str, live: Live, **payload: Json) -> None:
        """Tell a fact about a case."""
        emit(name, f"case:{live.id}", number=live.row.number, type=live.type.code, **payload)

    def write(self) -> None:
        """Have all that was noted stored in one statement with the act's journal row, and tell the facts."""
        self._note_cases()
        if "clocks_opened" in self.rows:
            self.rows.setdefault("tasks_opened", [])
        parts = statements.parts_of(self.rows)
        if "events" in self.rows:
            parts.insert(0, self._evidence())
        if self.rows.get("tasks_opened") and is_wanted(facts.TASK_OPENED):
            self._tell_tasks(parts)
        else:
            write_at_end(parts)
        self.rows.clear()
        self.new_tokens.clear()
        for letter_id in self.letters:
            jobs.configure_task(MAKE_LETTER, queueing_lock=f"letter:{letter_id}").defer(letter_id=letter_id)

    def _note_cases(self) -> None:
        for live in self.lives.values():
            row = live.row
            columns: Row = {
                "id": row.id,
                "last_token": row.last_token,
                "phase": row.phase,
                "outcome": row.outcome,
                "result": row.result,
                "organisation": row.organisation,
                "accepted_at": row.accepted_at,
                "decided_at": row.decided_at,
                "closed_at": row.closed_at,
            }
            if live.id in self.new_cases:
                opened = {**self.new_cases[live.id], **columns, "version": 1, "data": live.data}
                self.note_row("cases_opened", **opened)
                continue
            row.version += 1
            columns["version"] = row.version
            if live.data_changed:
                columns["data"] = live.data
            if live.answers_changed:
                columns["answers"] = live.answers
            self.note_row("cases_changed", **columns)

    def _evidence(self) -> sql.Part:
        """One leaf of the ledger commits to all the log lines of the act."""
        events = self.rows["events"]
        return record_part("cases.act", f"case:{events[0]['case_id']}", leaf_content(events), at=self.at)

    def _tell_tasks(self, parts: list[sql.Part]) -> None:
        """Write at once, because those who listen want the ids of the new tasks."""
        tasks = self.rows["tasks_opened"]
        found = sql.write_parts(parts, giving="SELECT id, case_id, token FROM tasks_opened")
        ids = {(case_id, token): task_id for task_id, case_id, token in found}
        for task in tasks:
            live = self.lives[_int(task["case_id"])]
            self.tell(
                facts.TASK_OPENED,
                live,
                task=_int(ids[task["case_id"], task["token"]]),
                node=str(task["node"]),
                organisation=str(task["organisation"]),
                role=str(task["role"]),
            )


def leaf_content(events: Sequence[Row]) -> dict[str, Json]:
    """What a leaf commits to: the lines of one act, in order, without the names of officers."""
    return {
        "lines": [
            {
                "case": _int(event["case_id"]),
                "act": str(event["act"]),
                "account": event["account_id"],  # type: ignore[dict-item]  # a number or None
                "organisation": str(event["organisation"]),
                "detail": event["detail"],  # type: ignore[dict-item]  # JSON by log()
            }
            for event in events
        ]
    }


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
