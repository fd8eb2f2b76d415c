"""Letters: asked for in the transaction of their act, made by a job afterwards, once."""

from __future__ import annotations

from yiwang.cases.contracts.errors import ProcessStuck
from yiwang.cases.rows.environment import case_context, plain
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.document_facts import fact_on_document
from yiwang.identity.api import find_organisation
from yiwang.kernel.feel import compile_expression
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import Json

_INSERT = """
INSERT INTO cases_letter (case_id, key, kind, title, template, licence_id, content, addressee, organisation,
  asked_at)
VALUES (%(case)s, %(key)s, %(kind)s, %(title)s::jsonb, %(template)s, %(licence)s, %(content)s::jsonb,
  %(addressee)s, %(organisation)s, %(at)s)
RETURNING id
"""
TITLES = {
    "acceptance": Text("受理通知书", "Notice of acceptance"),
    "not_accepted": Text("不予受理通知书", "Notice of non-acceptance"),
    "supplement": Text("补正告知书", "Notice of corrections"),
    "extension": Text("延长期限告知书", "Notice of extension"),
    "special_procedure": Text("特别程序告知书", "Notice of a special procedure"),
    "decision": Text("决定书", "Decision"),
}


_GROUNDS = Text("理由", "Grounds")


def ask_letter(
    work: Work,
    live: Live,
    *,
    kind: str,
    about: str,
    title: Text | None = None,
    organisation: str = "",
    template: str = "",
    licence_id: int | None = None,
    content: dict[str, Json] | None = None,
    addressee: str = "",
) -> int:
    """Ask for a letter; its key keeps it from being made twice. Gives its id.

    ``addressee``: who it is for, if not the applicant.

    Letters of child cases belong to the case that the applicant sees.
    """
    letter_id = sql.fetch_number(
        _INSERT,
        {
            "case": live.root.id,
            "key": f"{kind}:{about}",
            "kind": kind,
            "title": sql.json_text((title or TITLES[kind]).as_dict()),
            "template": template or kind,
            "licence": licence_id,
            "content": sql.json_text(content or {}),
            "addressee": addressee,
            "organisation": organisation or live.row.organisation,
            "at": work.at,
        },
    )
    work.letters.append(letter_id)
    return letter_id


def ask_declared_letter(work: Work, live: Live, step: str) -> None:
    """The letter that the item declares for a step of its process.

    Raises:
        ProcessStuck: it declares none, or nobody is named to write to.
    """
    declared = next((each for each in live.type.definition.letters if each.step == step), None)
    if declared is None:
        raise ProcessStuck(node=step, reason="no letter declared")
    context = case_context(live)

    def said(feel: str) -> object:
        return plain(compile_expression(feel).evaluate(context, at=work.at))

    organisation, addressee = live.row.organisation, ""
    if declared.to == "named":
        addressee = str(said(declared.name or "") or "")
        if not addressee:
            raise ProcessStuck(node=step, reason="nobody to write to")
    elif declared.to == "body":
        organisation, addressee = live.root.row.organisation, full_name(organisation)
    elif declared.to == "asker":
        addressee = full_name(live.root.row.organisation)
    facts: list[Json] = [
        {"label": dict(fact.label.as_dict()), "value": fact_on_document(said(fact.value), fact.shown)}
        for fact in declared.facts
    ]
    ruling = work.rulings.get(live.id)
    if declared.to == "asker" and ruling is not None and ruling.said.grounds:
        facts.append({"label": dict(_GROUNDS.as_dict()), "value": ruling.said.grounds})
    content: dict[str, Json] = {"opening": dict(declared.opening.as_dict()), "facts": facts}
    if declared.closing is not None:
        content["closing"] = dict(declared.closing.as_dict())
    ask_letter(
        work,
        live,
        kind=step[:40],
        about=f"case:{live.id}:{live.row.version}",
        title=declared.title,
        organisation=organisation,
        template="letter",
        content=content,
        addressee=addressee[:200],
    )
    work.log(live, "letter_asked", step=step)


def full_name(code: str) -> str:
    """The legal name of an organisation, in Chinese, as letters address it."""
    found = find_organisation(code)
    return code if found is None else found.name.zh


def ask_licence_letter(work: Work, live: Live, *, licence_id: int, number: str) -> None:
    """The licence as a sealed document."""
    result = live.type.definition.result
    ask_letter(
        work,
        live,
        kind="licence",
        about=f"licence:{licence_id}",
        title=result.title,
        organisation=result.seal or live.row.organisation,
        template=result.template or "licence",
        licence_id=licence_id,
        content={"number": number},
    )
