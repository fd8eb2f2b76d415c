"""What a licence writes into registers: an entry when it is issued, amended as the licence goes on.

All of it stands in the transaction of the act, so a licence is never without its entry, nor an entry
without its licence. A register that refuses a value refuses the act, and says which value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from yiwang.cases.contracts.errors import ProcessStuck
from yiwang.cases.contracts.words import ApplicantKind
from yiwang.cases.definitions.case_type import GivenNumber, Record
from yiwang.cases.models import Licence, LicenceEntry
from yiwang.cases.rows import numbers
from yiwang.cases.rows.environment import case_context, plain
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.identity.api import entity, find_entity_by_credit_code
from yiwang.kernel.codes import make_credit_code
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.feel import compile_expression
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.registers.api import find_standing, get_register, record_amendment, record_entry
from yiwang.registers.contracts import AmendKind, EntryRefused
from yiwang.registers.definitions import RegisterDefinition

Facts = Mapping[str, object]
Value = bool | int | str | Decimal | None
#: What expressions may read below ``licence``.
LICENCE_FACTS = frozenset(
    {
        "number",
        "kind",
        "title",
        "organisation",
        "issued_on",
        "valid_from",
        "valid_to",
        "state",
        "verification_code",
        "file_digest",
        "holder_kind",
        "holder_id",
        "holder_name",
    }
)
_DIVISION = re.compile(r"[1-9][0-9]{5}")


def give_numbers(work: Work, live: Live) -> None:
    """Give the numbers that the item declares, once a case; expressions read them as ``given``."""
    declared = live.type.definition.gives
    if not declared or "given" in live.data:
        return
    live.data["given"] = {number.key: _credit_code(work, live, number) for number in declared}
    live.data_changed = True


def _credit_code(work: Work, live: Live, declared: GivenNumber) -> str:
    found = compile_expression(declared.division).evaluate(case_context(live), at=work.at)
    if not isinstance(found, str) or not _DIVISION.match(found):
        raise ProcessStuck(node=f"gives.{declared.key}", reason=f"division: {found}")
    region = found[:6]
    # Firms that were known before the city gave numbers here may stand in the series.
    for _ in range(1000):
        series = f"credit_code:{declared.registrar}{declared.category}{region}"
        code = make_credit_code(
            region, numbers.next_of(series), registrar=declared.registrar, category=declared.category
        )
        if find_entity_by_credit_code(code) is None:
            return code
    raise AssertionError(f"a thousand numbers of {region} in a row are taken")


def licence_facts(licence: Licence, *, file_digest: str | None) -> dict[str, object]:
    """What expressions read as ``licence``. ``holder_id`` is known of legal entities only."""
    holder = None if licence.entity_id is None else entity(licence.entity_id).credit_code
    return {
        "number": licence.number,
        "kind": licence.kind,
        "title": licence.title["zh"],
        "organisation": licence.organisation,
        "issued_on": licence.issued_at.astimezone(numbers.ZONE).date(),
        "valid_from": licence.valid_from,
        "valid_to": licence.valid_to,
        "state": str(licence.state),
        "verification_code": licence.verification_code,
        "file_digest": file_digest,
        "holder_kind": "entity" if licence.holder_kind == ApplicantKind.LEGAL_ENTITY else "person",
        "holder_id": holder,
        "holder_name": licence.holder_name,
    }


def enter(work: Work, live: Live, licence_id: int) -> None:
    """Enter what the item declares.

    Raises:
        EntryRefused, KeyTaken: a register refuses the values; nothing is changed.
    """
    records = live.type.definition.records
    if not records:
        return
    licence = Licence.objects.get(pk=licence_id)
    facts = licence_facts(licence, file_digest=None)
    for record in records:
        values = _values(work, live, record.fields, facts)
        if record.amends is not None:
            entry = _named_entry(work, live, record, facts)
            if entry is None:
                continue
        else:
            entry = _earlier_entry(live, record, values)
        if entry is None:
            with named_refusals(record.register_code):
                entry = record_entry(
                    by=work.actor.account_id,
                    at=work.at,
                    register=record.register_code,
                    values=values,
                    source=record.source or licence.organisation,
                    basis=live.root.row.number,
                ).entry
            work.log(live, "entered_in_register", register=record.register_code, entry=entry)
        else:
            _amend(work, live, record.register_code, entry, values, kind="change")
        LicenceEntry.objects.create(
            licence=licence,
            register=record.register_code,
            entry=entry,
            follows={name: feel for name, feel in record.fields.items() if _follows(feel)},
        )


def _named_entry(work: Work, live: Live, record: Record, licence: Facts) -> int | None:
    """The entry that the case names, if it names one and it is still there."""
    context = {**case_context(live), "licence": licence}
    key = compile_expression(record.amends or "null").evaluate(context, at=work.at)
    found = find_standing(record.register_code, key=key) if isinstance(key, str) and key else None
    return found.entry if found is not None else None


def _earlier_entry(live: Live, record: Record, values: Mapping[str, Value]) -> int | None:
    """The entry that an earlier licence of the case brought about under the same key.

    A firm whose licence was revoked in error and is issued anew is the same firm.
    """
    register = record.register_code
    links = LicenceEntry.objects.filter(licence__case_id=live.root.id, register=register)
    earlier = set(links.values_list("entry", flat=True))
    if not earlier:
        return None
    found = find_standing(register, key=str(values.get(get_register(register).key)))
    return found.entry if found is not None and found.entry in earlier else None


def follow(work: Work, live: Live, licence: Licence, *, before: Facts, after: Facts, kind: AmendKind) -> None:
    """Write anew the fields that follow the licence and differ now; a retired entry is left alone.

    ``kind``: a correction completes what was entered, a change holds from today.
    """
    for link in LicenceEntry.objects.filter(licence=licence).order_by("id"):
        old = _values(work, live, link.follows, before)
        new = _values(work, live, link.follows, after)
        differing = {name: value for name, value in new.items() if value != old[name]}
        if differing:
            _amend(work, live, link.register, link.entry, differing, kind=kind)


def _amend(
    work: Work, live: Live, register: str, entry: int, values: Mapping[str, Value], *, kind: AmendKind
) -> None:
    found = find_standing(register, entry=entry)
    if found is None:
        return
    with named_refusals(register):
        record_amendment(
            by=work.actor.account_id,
            # A job's clock may lie behind that of the act which entered it.
            at=max(work.at, found.known_from),
            register=register,
            entry=entry,
            version=found.version,
            values=values,
            kind=kind,
            basis=live.root.row.number,
        )
    work.log(live, "amended_in_register", register=register, entry=entry)


def _follows(feel: str) -> bool:
    return any(name.partition(".")[0] == "licence" for name in compile_expression(feel).names)


def _values(work: Work, live: Live, fields: Mapping[str, str], licence: Facts) -> dict[str, Value]:
    context = {**case_context(live), "licence": licence}
    return {
        name: _value(plain(compile_expression(feel).evaluate(context, at=work.at)))
        for name, feel in fields.items()
    }


def _value(found: object) -> Value:
    match found:
        case None | bool() | int() | str() | Decimal():
            return found
        case _:
            return sql.json_text(found)


@contextmanager
def named_refusals(register: str) -> Iterator[None]:
    """Say which register refuses which field, since the officer sees a task and not a register."""
    try:
        yield
    except EntryRefused as refused:
        definition = get_register(register)
        raise EntryRefused(
            problems=tuple(
                FieldProblem(f"{register}.{problem.path}", _said(definition, problem))
                for problem in refused.problems
            )
        ) from refused


def _said(definition: RegisterDefinition, problem: FieldProblem) -> Text:
    field = definition.find(problem.path)
    name = field.title if field is not None else Text(problem.path, problem.path)
    title = definition.title
    return Text(
        f"不能记入“{title.zh}”，{name.zh}：{problem.text.zh}",
        f"It can't be entered in “{title.en}”, {name.en}: {problem.text.en}",
    )
