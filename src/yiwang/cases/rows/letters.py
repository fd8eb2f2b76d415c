"""Letters: asked for in the transaction of their act, made by a job afterwards, once."""

from __future__ import annotations

from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import Json

_INSERT = """
INSERT INTO cases_letter (case_id, key, kind, title, template, licence_id, content, organisation, asked_at)
VALUES (%(case)s, %(key)s, %(kind)s, %(title)s::jsonb, %(template)s, %(licence)s, %(content)s::jsonb,
  %(organisation)s, %(at)s)
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
) -> int:
    """Ask for a letter; its key keeps it from being made twice. Gives its id.

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
            "organisation": organisation or live.row.organisation,
            "at": work.at,
        },
    )
    work.letters.append(letter_id)
    return letter_id


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
