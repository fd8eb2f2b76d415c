"""Licences that a decision gives."""

from __future__ import annotations

from datetime import date

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.words import ApplicantKind
from yiwang.cases.rows import numbers
from yiwang.cases.rows.environment import case_context, plain
from yiwang.cases.rows.grants import give_grant
from yiwang.cases.rows.letters import ask_licence_letter
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.register_entries import enter, give_numbers
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.document_facts import fact_on_document
from yiwang.kernel.feel import compile_expression
from yiwang.platform import sql
from yiwang.platform.contracts import Json

_INSERT = """
INSERT INTO cases_licence (number, kind, title, case_id, holder_kind, person_id, entity_id, holder_name,
  content, organisation, issued_at, valid_from, valid_to, state, verification_code, ended_reason)
VALUES (%(number)s, %(kind)s, %(title)s::jsonb, %(case)s, %(holder_kind)s, %(person)s, %(entity)s,
  %(holder)s, %(content)s::jsonb, %(organisation)s, %(at)s, %(valid_from)s, %(valid_to)s, 'valid',
  %(code)s, '')
RETURNING id
"""


def issue(work: Work, live: Live) -> int:
    """Issue the licence of the type's result and ask for its sealed document; gives its id."""
    result, row = live.type.definition.result, live.row
    give_numbers(work, live)
    today = work.at.astimezone(numbers.ZONE).date()
    founded = founded_name(work, live)
    number = numbers.yearly_number(f"{live.type.definition.prefix}证", work.at)
    licence_id = sql.fetch_number(
        _INSERT,
        {
            "number": number,
            "kind": result.template or live.type.code,
            "title": sql.json_text(result.title.as_dict()),
            "case": live.root.id,
            "holder_kind": row.applicant_kind if founded is None else ApplicantKind.LEGAL_ENTITY,
            "person": row.person_id,
            "entity": row.entity_id,
            "holder": founded or row.applicant_name,
            "content": sql.json_text(licence_content(work, live)),
            "organisation": result.seal or row.organisation,
            "at": work.at,
            "valid_from": today,
            "valid_to": None if result.valid_months is None else months_after(today, result.valid_months),
            "code": numbers.code(16),
        },
    )
    work.log(live, "licence_issued", licence=number)
    work.tell(facts.LICENCE_ISSUED, live, licence=licence_id, kind=result.template or live.type.code)
    enter(work, live, licence_id)
    give_grant(work, live)
    ask_licence_letter(work, live, licence_id=licence_id, number=number)
    return licence_id


def founded_name(work: Work, live: Live) -> str | None:
    """Name of the firm that the licence brings into being; the applicant may fetch it all the same."""
    feel = live.type.definition.result.founds
    if feel is None:
        return None
    return str(plain(compile_expression(feel).evaluate(case_context(live), at=work.at)) or "") or None


def licence_content(work: Work, live: Live) -> dict[str, Json]:
    """The facts that the type declares for its document: ``{"facts": [{"label", "value"}]}``."""
    context = case_context(live)
    return {
        "facts": [
            {
                "label": dict(fact.label.as_dict()),
                "value": fact_on_document(
                    plain(compile_expression(fact.value).evaluate(context, at=work.at)), fact.shown
                ),
            }
            for fact in live.type.definition.result.facts
        ]
    }


def months_after(day: date, months: int) -> date:
    """The last day of a validity of so many months: the day before the same date."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    for back in range(4):
        try:
            return date.fromordinal(date(year, month + 1, day.day - back).toordinal() - 1 + (back > 0))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
