"""Tables and facts laid out as the six parts of the form. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.kernel.text import Text
from yiwang.portal.disclosure.report.content import MISSING, Grid, GridCell, GridRow, ReportPart, YearFacts
from yiwang.portal.disclosure.rules.report_tables import (
    APPLICANT_TEXTS,
    CARRIED_IN,
    CARRIED_OUT,
    FORUM_TEXTS,
    LINE_TEXTS,
    NEW,
    RESULTS,
    RULING_TEXTS,
    Applicant,
    Forum,
    Table,
)
from yiwang.portal.disclosure.rules.results import GROUP_TEXTS, RESULT_ROWS

_TOTAL = Text("总计", "Total")
_ORGANISATIONS = Text("法人或其他组织", "Legal persons and other organisations")
#: Part 2: Art. 20 items 1, 5, 6 and 8, each with the fields of the register that hold its figures.
_PROACTIVE: tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...] = (
    (
        Text("第二十条第（一）项 规章", "Article 20 item 1: rules"),
        (
            ("rules_made", Text("本年制发件数", "Made this year")),
            ("rules_repealed", Text("本年废止件数", "Repealed this year")),
            ("rules_in_force", Text("现行有效件数", "In force")),
        ),
    ),
    (
        Text("第二十条第（一）项 行政规范性文件", "Article 20 item 1: normative files"),
        (
            ("files_made", Text("本年制发件数", "Made this year")),
            ("files_repealed", Text("本年废止件数", "Repealed this year")),
            ("files_in_force", Text("现行有效件数", "In force")),
        ),
    ),
    (
        Text("第二十条第（五）项", "Article 20 item 5"),
        (("licences", Text("行政许可：本年处理决定数量", "Licences: decisions this year")),),
    ),
    (
        Text("第二十条第（六）项", "Article 20 item 6"),
        (
            ("penalties", Text("行政处罚：本年处理决定数量", "Penalties: decisions this year")),
            ("coercion", Text("行政强制：本年处理决定数量", "Coercion: decisions this year")),
        ),
    ),
    (
        Text("第二十条第（八）项", "Article 20 item 8"),
        (("fees", Text("行政事业性收费：本年收费金额（万元）", "Fees of this year (10 000 yuan)")),),
    ),
)
FIGURES = tuple(key for _, rows in _PROACTIVE for key, _ in rows)
_COUNTED = Text(
    "{year}年新收政府信息公开申请 {new} 件，上年结转 {carried_in} 件；"
    "办结 {results} 件，结转下年度继续办理 {carried_out} 件。",
    "In {year} {new} requests were received and {carried_in} carried in; "
    "{results} were answered and {carried_out} carried out.",
)


def parts(facts: YearFacts, requests: Table, challenges: Table) -> tuple[ReportPart, ...]:
    """All six, in order."""
    counted = _COUNTED.fill(
        year=requests.year,
        new=requests.count(NEW),
        carried_in=requests.count(CARRIED_IN),
        results=requests.count(RESULTS),
        carried_out=requests.count(CARRIED_OUT),
    )
    return (
        ReportPart(title=Text("一、总体情况", "1 General"), paragraphs=(*_written(facts.general), counted)),
        ReportPart(
            title=Text("二、主动公开政府信息情况", "2 Proactive publication"), grids=(_proactive(facts),)
        ),
        ReportPart(
            title=Text("三、收到和处理政府信息公开申请情况", "3 Requests received and handled"),
            grids=(_requests(requests),),
        ),
        ReportPart(
            title=Text(
                "四、政府信息公开行政复议、行政诉讼情况", "4 Reconsiderations and suits about disclosure"
            ),
            grids=(_challenges(challenges),),
        ),
        ReportPart(
            title=Text("五、存在的主要问题及改进情况", "5 Problems and how they are met"),
            paragraphs=_written(facts.problems) or (MISSING,),
        ),
        ReportPart(
            title=Text("六、其他需要报告的事项", "6 Other matters"),
            paragraphs=_written(facts.others) or (MISSING,),
        ),
    )


def _written(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _proactive(facts: YearFacts) -> Grid:
    rows = []
    for group, lines in _PROACTIVE:
        for place, (key, label) in enumerate(lines):
            value = facts.figures.get(key)
            cell = GridCell(value=MISSING if value is None else value)
            rows.append(
                GridRow(
                    label=label,
                    cells=(cell,),
                    group=None if place else group,
                    group_rows=0 if place else len(lines),
                )
            )
    title = Text("主动公开政府信息情况", "Proactive publication")
    label = Text("信息内容", "Information")
    return Grid(
        key="proactive", title=title, label=label, columns=(Text("数量", "Number"),), rows=tuple(rows)
    )


def _requests(table: Table) -> Grid:
    def row(key: str, label: Text, *, group: Text | None = None, of: int = 0, total: bool = False) -> GridRow:
        return _counted(table, key, label, Applicant, group=group, group_rows=of, total=total)

    rows = [
        row(NEW, Text(f"一、{LINE_TEXTS[NEW].zh}", LINE_TEXTS[NEW].en), total=True),
        row(CARRIED_IN, Text(f"二、{LINE_TEXTS[CARRIED_IN].zh}", LINE_TEXTS[CARRIED_IN].en), total=True),
    ]
    for number, group in enumerate(GROUP_TEXTS):
        of_group = [each for each in RESULT_ROWS if each.group is group]
        title = Text(f"（{'一二三四五六'[number]}）{GROUP_TEXTS[group].zh}", GROUP_TEXTS[group].en)
        rows += [
            row(each.kind, each.text, group=None if place else title, of=0 if place else len(of_group))
            for place, each in enumerate(of_group)
        ]
    rows.append(row(RESULTS, Text("三、本年度办理结果（七）总计", "Results of this year, total"), total=True))
    rows.append(
        row(CARRIED_OUT, Text(f"四、{LINE_TEXTS[CARRIED_OUT].zh}", LINE_TEXTS[CARRIED_OUT].en), total=True)
    )
    return Grid(
        key="requests",
        title=Text("收到和处理政府信息公开申请情况", "Requests received and handled"),
        label=Text(
            "本列数据的勾稽关系：一加二等于三总计加四",
            "Each column: new + carried in = results + carried out",
        ),
        columns=(*APPLICANT_TEXTS.values(), _TOTAL),
        rows=tuple(rows),
        groups=((Text("", ""), 1), (_ORGANISATIONS, 5), (Text("", ""), 1)),
    )


def _challenges(table: Table) -> Grid:
    rows = []
    for forum in Forum:
        cells = [
            GridCell(value=table.count(ruling, forum), row=ruling, column=forum) for ruling in RULING_TEXTS
        ]
        whole = sum(table.count(ruling, forum) for ruling in RULING_TEXTS)
        rows.append(GridRow(label=FORUM_TEXTS[forum], cells=(*cells, GridCell(value=whole))))
    return Grid(
        key="challenges",
        title=Text("政府信息公开行政复议、行政诉讼情况", "Reconsiderations and suits"),
        label=Text("途径", "Way"),
        columns=(*RULING_TEXTS.values(), _TOTAL),
        rows=tuple(rows),
    )


def _counted(
    table: Table,
    key: str,
    label: Text,
    columns: Sequence[str] | type[Applicant],
    *,
    group: Text | None,
    group_rows: int,
    total: bool,
) -> GridRow:
    cells = tuple(
        GridCell(value=table.count(key, column), row=key, column=column) for column in (*columns, "")
    )
    return GridRow(label=label, cells=cells, group=group, group_rows=group_rows, total=total)
