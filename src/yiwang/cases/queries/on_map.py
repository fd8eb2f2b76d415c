"""Cases as maps draw them: those that an officer finds in lists, at the point of their standard address.

Nothing of the applicant and none of the answers is among the fields. What a case was like on a day is not
kept beside it: of a past day are told its number, item and office, and whether it was open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.db.models import Value
from django.db.models.expressions import RawSQL
from psycopg import sql

from yiwang.cases.contracts.words import LIGHT_TEXTS, OUTCOME_TEXTS, PHASE_TEXTS
from yiwang.cases.models import Case, CaseTypeVersion
from yiwang.cases.queries.rights import READ
from yiwang.cases.queries.visible import visible_cases
from yiwang.identity.api import children, subtree
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.registers.api import Mapped
from yiwang.registers.definitions import CodeValue, FieldDefinition, FieldKind, RegisterDefinition

_DRAWN = sql.SQL(
    "(SELECT c.id AS _entry, c.number, c.type_code AS item, c.organisation, c.place, "
    "c.place_drawn AS _drawn, {state} FROM cases_case c "
    "WHERE c.parent_id IS NULL AND c.place IS NOT NULL AND c.type_code IN ({items}) AND {when}) t"
)
#: The limit that lists show: the promised one, else the statutory one.
_CLOCK = sql.SQL(
    "FROM cases_clock k WHERE k.case_id = c.id "
    "AND k.task_id IS NULL AND k.kind IN ('case_promised', 'case_statutory') "
    "ORDER BY k.kind = 'case_promised' DESC, k.id DESC LIMIT 1"
)
_NOW = sql.SQL(
    "c.phase, nullif(c.outcome, '') AS outcome, c.closed_at IS NULL AS open, "
    "(c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS opened_on, "
    "(c.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on, "
    "(SELECT (k.due_at AT TIME ZONE 'Asia/Shanghai')::date {clock}) AS due, "
    # as lists have it: a limit that is over shows how it ended
    "coalesce((SELECT CASE WHEN k.state = 'stopped' THEN 'stopped' "
    "WHEN k.red_at <= coalesce(k.ended_at, now()) THEN 'red' "
    "WHEN k.yellow_at <= coalesce(k.ended_at, now()) THEN 'yellow' "
    "WHEN k.warn_at <= coalesce(k.ended_at, now()) THEN 'warned' ELSE 'green' END {clock}), 'none') AS light"
).format(clock=_CLOCK)
_CLOSED_BY_THEN = sql.SQL(
    "(c.closed_at <= %(known)s::timestamptz "
    "AND (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date <= %(valid)s::date)"
)
_THEN = sql.SQL(
    "NULL::text AS phase, NULL::text AS outcome, {closed} IS NOT TRUE AS open, "
    "(c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS opened_on, "
    "CASE WHEN {closed} THEN (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date END AS closed_on, "
    "NULL::date AS due, NULL::text AS light"
).format(closed=_CLOSED_BY_THEN)
_OPENED_BY_THEN = sql.SQL(
    "c.opened_at <= %(known)s::timestamptz "
    "AND (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date <= %(valid)s::date"
)
_EVERY = sql.SQL("TRUE").format()
#: A field lists no longer codes; an office with a longer one is named by it.
_LONGEST_CODE = 40
_Named = tuple[tuple[str, Text], ...]


def described(chosen: Sequence[str]) -> RegisterDefinition:
    """The fields of cases of some items; the items and offices are named by their codes alone."""
    return _described(tuple((code, Text(code, code)) for code in chosen), ())


def drawn_cases(
    actor: Actor | None, chosen: Sequence[str], *, then: bool = False, during: bool = False
) -> Mapped | None:
    """How an officer draws the cases of some items; None for anybody else."""
    if actor is None or actor.kind != "officer" or not guard().may(actor, READ):
        return None
    try:
        condition, is_limited = _condition(actor)
    except OperationNotAllowed:
        return None
    items, organisations = _items(chosen), _organisations()
    definition = _described(items, organisations)
    fields = [field for field in definition.fields if field.kind is not FieldKind.POINT]
    typed = {field.name: sql.SQL("{}").format(sql.Identifier("t", field.name)) for field in fields}
    is_past = then or during
    said = f"{condition.as_string()} {items} {organisations}"
    return Mapped(
        definition=definition,
        shape=definition.get("place"),
        reach="own" if is_limited else "all",
        relation=_DRAWN.format(
            state=_THEN if is_past else _NOW,
            items=sql.SQL(", ").join(map(sql.Literal, chosen)),
            when=_OPENED_BY_THEN if is_past else _EVERY,
        ),
        drawn=sql.Identifier("t", "_drawn"),
        kept=sql.Identifier("t", "place"),
        columns={field.name: _property(field, typed[field.name]) for field in fields},
        clear=frozenset(definition.names),
        typed=typed,
        condition=condition,
        mark=f"cases {hashlib.sha256(said.encode()).hexdigest()[:20]}",
    )


def numbers_of(actor: Actor, entries: Sequence[int]) -> Mapping[int, str]:
    """Numbers of cases by their ids; those that he does not find in lists are left out."""
    visible = visible_cases(actor)
    rows = Case.objects.filter(pk__in=entries)
    return dict((rows if visible is None else rows.filter(visible)).values_list("pk", "number"))


def _condition(actor: Actor) -> tuple[sql.Composed, bool]:
    """The condition of lists about ``t``, without parameters, and whether it leaves any case out."""
    visible = visible_cases(actor)
    if visible is None:
        return _EVERY, False
    found = Case.objects.filter(visible, pk=RawSQL('t."_entry"', ())).values(one=Value(1))
    text, params = found.query.sql_with_params()
    first, *others = text.split("%s")
    parts: list[sql.Composable] = [sql.SQL(first)]
    for value, part in zip(params, others, strict=True):
        parts += [sql.Literal(value), sql.SQL(part)]
    return sql.SQL("EXISTS ({})").format(sql.Composed(parts)), True


def _property(field: FieldDefinition, column: sql.Composed) -> sql.Composed:
    return sql.SQL("({})::text").format(column) if field.kind is FieldKind.DATE else column


def _items(chosen: Sequence[str]) -> _Named:
    rows = CaseTypeVersion.objects.filter(code__in=chosen).order_by("code", "-version").distinct("code")
    titles = dict(rows.values_list("code", "definition__title"))
    return tuple((code, Text(**titles[code]) if code in titles else Text(code, code)) for code in chosen)


def _organisations() -> _Named:
    found = [each for root in children("") for each in subtree(root.code)]
    return tuple((each.code, each.short_name) for each in found if len(each.code) <= _LONGEST_CODE)


@lru_cache(maxsize=64)
def _described(items: _Named, organisations: _Named) -> RegisterDefinition:
    phases = tuple((phase.value, words) for phase, words in PHASE_TEXTS.items())
    outcomes = tuple((outcome.value, words) for outcome, words in OUTCOME_TEXTS.items())
    lights = tuple((light.value, words) for light, words in LIGHT_TEXTS.items())
    return RegisterDefinition(
        code="cases",
        title=Text("办件", "Cases"),
        summary=Text("按标准地址落图的办件", "Cases at the point of their standard address"),
        owner="city",
        key="number",
        fields=(
            _field(1, "number", FieldKind.TEXT, Text("办件编号", "Case number")),
            _field(2, "item", FieldKind.CODE, Text("事项", "Item"), items),
            _field(3, "phase", FieldKind.CODE, Text("阶段", "Phase"), phases),
            _field(4, "outcome", FieldKind.CODE, Text("结果", "Outcome"), outcomes),
            _field(5, "open", FieldKind.YES_NO, Text("在办", "Open")),
            _field(6, "opened_on", FieldKind.DATE, Text("收件日期", "Opened on")),
            _field(7, "closed_on", FieldKind.DATE, Text("办结日期", "Closed on")),
            _field(8, "due", FieldKind.DATE, Text("办理期限", "Due")),
            _field(11, "light", FieldKind.CODE, Text("时限状态", "Time limit"), lights),
            _organisation(organisations),
            _field(10, "place", FieldKind.POINT, Text("位置", "Place")),
        ),
    )


def _organisation(organisations: _Named) -> FieldDefinition:
    """A text where none is named, for a list of codes has one at least."""
    title = Text("承办机构", "Office")
    kind = FieldKind.CODE if organisations else FieldKind.TEXT
    return _field(9, "organisation", kind, title, organisations)


def _field(number: int, name: str, kind: FieldKind, title: Text, codes: _Named = ()) -> FieldDefinition:
    listed = tuple(CodeValue(code=code, title=words) for code, words in codes)
    is_key = name == "number"
    return FieldDefinition(
        id=number, name=name, kind=kind, title=title, codes=listed,
        searchable=True, required=is_key, unique=is_key,
    )  # fmt: skip
