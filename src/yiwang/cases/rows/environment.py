"""What the token game may ask of a case: FEEL over its data, its decisions, its automatic acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from yiwang.cases.contracts.words import Channel, Verdict
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rows.records import Live, ResultRecord, Ruling
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.model import Node
from yiwang.cases.rules.process.tokens import Here, Json, Tally
from yiwang.cases.rules.receipt import received_at
from yiwang.kernel.feel import Json as StoredJson
from yiwang.kernel.feel import compile_expression

VERDICTS = frozenset(Verdict)
Act = Callable[[Work, Live, Node], None]
Decide = Callable[[Live, str, Mapping[str, object], Work], StoredJson]


class CaseEnvironment:
    """The environment of one play. ``number_of`` gives the stored number of a token, new ones included."""

    def __init__(self, work: Work, live: Live, *, act: Act, decide: Decide) -> None:
        self._work = work
        self._live = live
        self._act = act
        self._decide = decide
        self._first_new = live.row.last_token

    def number_of(self, token: int) -> int:
        """Tokens made by this play have negative ids and are numbered on from the last one."""
        return token if token > 0 else self._first_new - token

    def condition(self, feel: str, here: Here) -> bool:
        """Evaluate a condition."""
        return compile_expression(feel).is_true(self._context(here), at=self._work.at)

    def value(self, feel: str, here: Here) -> Json:
        """Evaluate an expression."""
        return plain(compile_expression(feel).evaluate(self._context(here), at=self._work.at))

    def answer(self, feel: str, items: Mapping[str, Json]) -> object:
        """Evaluate an expression to whatever value FEEL gives (a duration, a date)."""
        return compile_expression(feel).evaluate({**case_context(self._live), **items}, at=self._work.at)

    def record(self, node: Node, outcome: str, tally: Tally | None, here: Here) -> None:
        """Keep the outcome of a step, in the scope in which it was done."""
        scope = self.number_of(here.scope) if here.scope is not None else 0
        counted = None if tally is None else (tally.approve, tally.conditional, tally.refuse, tally.total)
        self._live.results.setdefault(scope, {})[node.id] = ResultRecord(outcome, counted)
        if scope == 0 and outcome in VERDICTS and not self._live.type.examines_acceptance(node):
            self._rule(outcome)
        approve, conditional, refuse, total = counted or (None, None, None, None)
        self._work.note_change(
            "results",
            "case_id",
            "scope",
            "node",
            case_id=self._live.id,
            scope=scope,
            node=node.id,
            outcome=outcome,
            approve=approve,
            conditional=conditional,
            refuse=refuse,
            total=total,
        )

    def _rule(self, verdict: str) -> None:
        """Remember the verdict for the decision; a joint result has no words of its own."""
        known = self._work.rulings.get(self._live.id)
        if known is None or known.verdict != verdict:
            self._work.rulings[self._live.id] = Ruling(
                verdict=verdict, organisation=self._live.row.organisation
            )

    def decide(self, node: Node, here: Here) -> None:
        """Evaluate the decision of a step; its output is seen under the decision's name."""
        assert node.decision is not None
        output = self._decide(self._live, node.decision, self._context(here), self._work)
        self._live.data[node.decision] = output
        self._live.data_changed = True

    def act(self, node: Node, here: Here) -> None:
        """Do the automatic act of a step."""
        self._act(self._work, self._live, node)

    def _context(self, here: Here) -> dict[str, object]:
        scope = self.number_of(here.scope) if here.scope is not None else 0
        return {**case_context(self._live, scope=scope), **here.items}


def case_context(live: Live, *, scope: int = 0) -> dict[str, object]:
    """What FEEL sees of a case; results of an inner scope cover those of the outer ones."""
    row = live.row
    results: dict[str, ResultRecord] = {}
    for inner in _scopes(live, scope):
        results |= live.results.get(inner, {})
    facts = live.root.data.get("applicant")
    return {
        "departments": [],
        "findings": {},
        **live.data,
        "answers": live.answers,
        "applicant": {**(facts if isinstance(facts, dict) else {}), "kind": row.applicant_kind},
        "outcome": {node: result.outcome for node, result in results.items()},
        "opinions": {
            node: dict(zip(("approve", "conditional", "refuse", "total"), result.counted, strict=True))
            | {"result": result.outcome}
            for node, result in results.items()
            if result.counted is not None
        },
        "case": {
            "number": row.number,
            "type": live.type.code,
            "channel": row.channel,
            "urgent": row.urgent,
            "organisation": row.organisation,
            "division": row.division_code,
            "receipt_known": receipt_of(live) is not None,
        },
    }


def receipt_of(live: Live) -> datetime | None:
    """When the application was received by law; None while that waits for the applicant's confirmation."""
    row = live.root.row
    if live.type.definition.receipt != "confirmed":
        return row.opened_at
    known = live.root.data.get("receipt")
    signed = known.get("signed_on") if isinstance(known, dict) else None
    return received_at(
        Channel(row.channel),
        handed_in=row.opened_at,
        signed_on=date.fromisoformat(signed) if isinstance(signed, str) else None,
        zone=ZONE,
    )


def _scopes(live: Live, scope: int) -> list[int]:
    """The scopes around a token, outermost first; 0 is the case itself."""
    found: list[int] = []
    at: int | None = scope
    while at:
        found.append(at)
        token = live.tokens.get(at)
        at = token.parent if token is not None else None
    return [0, *reversed(found)]


def plain(value: object) -> Json:
    """FEEL's value as JSON; whole decimals become integers, so that items compare and print alike."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else value
        case list():
            return [plain(each) for each in value]
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case _:
            return str(value)
