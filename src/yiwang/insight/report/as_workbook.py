"""The monthly report as a workbook: one sheet a table, both languages in each heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yiwang.cases.contracts import LIGHT_TEXTS, Light
from yiwang.cases.contracts.figures import Evidence
from yiwang.insight.contracts import MARK_TEXTS
from yiwang.insight.report.content import ReportContent
from yiwang.insight.report.sheets import (
    COUNT,
    HUNDREDTH,
    MOMENT,
    PERCENT,
    TENTH,
    Column,
    Sheet,
    Value,
    workbook,
)
from yiwang.kernel.text import Text

TITLE = Text("电子监察月报", "Monthly report of electronic supervision")
_DEPARTMENT = Column(title=Text("部门", "Department"), width=28)
_NUMBER = Column(title=Text("办件编号", "Case"), width=24)
_SERVICE = Column(title=Text("事项", "Service item"), width=36)


def written(content: ReportContent) -> bytes:
    """Write the workbook."""
    title = Text(
        f"{content.month.title.zh}{content.scope.zh}{TITLE.zh}",
        f"{TITLE.en}, {content.scope.en}, {content.month.title.en}",
    )
    return workbook(_sheets(content), title=title, made_at=content.counted_at)


def _sheets(content: ReportContent) -> Iterator[Sheet]:
    yield _summary(content)
    yield _departments(content)
    if content.officers:
        yield _officers(content)
    yield _items(content)
    yield _steps(content)
    yield _last(content)
    yield _evidence(content, "红黄牌 Cards", Text("黄牌和红牌", "Yellow and red cards"), content.cards)
    yield _evidence(content, "督办 Notices", Text("督办", "Supervision notices"), content.notices)


def _sheet(
    content: ReportContent,
    name: str,
    title: Text,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
) -> Sheet:
    moment = f"{content.counted_at.astimezone(content.month.since.tzinfo):%Y-%m-%d %H:%M}"
    note = Text(
        f"{content.scope.zh}　{content.month.title.zh}　统计时间{moment}",
        f"{content.scope.en}, {content.month.title.en}, counted at {moment}",
    )
    return Sheet(name=name, title=title, note=note, columns=columns, rows=rows)


def _summary(content: ReportContent) -> Sheet:
    limits = sum(line.limits for line in content.departments)
    on_time = sum(line.on_time for line in content.departments)
    rows: list[tuple[Value, Value]] = [
        (Text("收件", "Received"), content.received),
        (Text("办结", "Ended"), content.ended),
        (Text("到期时限", "Limits that ended"), limits),
        (Text("其中按时", "of them on time"), on_time),
        (Text("黄牌", "Yellow cards"), sum(line.yellow for line in content.departments)),
        (Text("红牌", "Red cards"), sum(line.red for line in content.departments)),
        (Text("督办", "Notices"), sum(line.notices for line in content.departments)),
        (Text("评价", "Ratings"), sum(line.ratings for line in content.departments)),
    ]
    if content.standing is not None:
        rows.append((Text("统计时在办", "Open when counted"), content.standing.open))
        rows += [
            (
                Text(f"其中：{LIGHT_TEXTS[light].zh}", f"of them: {LIGHT_TEXTS[light].en}"),
                content.standing.lights[light],
            )
            for light in Light
        ]
    columns = (
        Column(title=Text("指标", "Figure"), width=30),
        Column(title=Text("数量", "Number"), width=14, number_format=COUNT),
    )
    return _sheet(content, "总体 Summary", TITLE, columns, rows)


def _departments(content: ReportContent) -> Sheet:
    columns = (
        _DEPARTMENT,
        Column(title=Text("收件", "Received"), number_format=COUNT),
        Column(title=Text("到期时限", "Limits ended"), number_format=COUNT),
        Column(title=Text("按时", "On time"), number_format=COUNT),
        Column(title=Text("按时率", "On-time rate"), number_format=PERCENT),
        Column(title=Text("黄牌", "Yellow"), number_format=COUNT),
        Column(title=Text("红牌", "Red"), number_format=COUNT),
        Column(title=Text("督办", "Notices"), number_format=COUNT),
        Column(title=Text("按时答复", "Answered in time"), number_format=COUNT),
        Column(title=Text("评价", "Ratings"), number_format=COUNT),
        Column(title=Text("平均级别", "Mean level"), number_format=HUNDREDTH),
        Column(title=Text("要求补正", "Corrections asked"), number_format=COUNT),
        Column(title=Text("补正率", "Correction rate"), number_format=PERCENT),
        Column(title=Text("得分", "Score"), number_format=TENTH),
        Column(title=Text("等次", "Grade"), width=14),
    )
    rows = [
        (
            line.title,
            line.received,
            line.limits,
            line.on_time,
            line.on_time_rate,
            line.yellow,
            line.red,
            line.notices,
            line.notices_in_time,
            line.ratings,
            line.rating,
            line.supplemented,
            line.supplement_rate,
            line.score,
            line.grade,
        )
        for line in content.departments
    ]
    return _sheet(content, "部门 Departments", Text("部门效能", "Departments"), columns, rows)


def _officers(content: ReportContent) -> Sheet:
    first = content.officers[0].score.lines
    columns = (
        _DEPARTMENT,
        Column(title=Text("工作人员", "Officer"), width=16),
        *(Column(title=line.title, width=16, number_format=TENTH) for line in first),
        Column(title=Text("得分", "Score"), number_format=TENTH),
        Column(title=Text("等次", "Grade"), width=14),
    )
    rows = [
        (
            found.title,
            found.officer_name,
            *(line.score for line in found.score.lines),
            found.score.total,
            found.score.grade,
        )
        for found in content.officers
    ]
    return _sheet(content, "人员 Officers", Text("工作人员效能", "Officers"), columns, rows)


def _items(content: ReportContent) -> Sheet:
    columns = (
        _SERVICE,
        Column(title=Text("收件", "Received"), number_format=COUNT),
        Column(title=Text("办结", "Ended"), number_format=COUNT),
        Column(title=Text("超期", "Late"), number_format=COUNT),
        Column(title=Text("法定时限", "Statutory limit"), width=18),
        Column(title=Text("承诺时限", "Promised limit"), width=18),
        Column(title=Text("平均用时", "Mean used"), number_format=TENTH),
        Column(title=Text("九成用时不超过", "90% within"), number_format=COUNT),
        Column(title=Text("要求补正", "Corrections asked"), number_format=COUNT),
        Column(title=Text("用时最多的环节", "Step that took longest"), width=24),
    )
    rows = [
        (
            line.title,
            line.figures.received,
            line.figures.ended,
            line.figures.late,
            line.statutory,
            line.promised,
            line.figures.average,
            line.figures.ninetieth,
            line.figures.supplemented,
            line.longest_step,
        )
        for line in content.items
    ]
    return _sheet(content, "事项 Items", Text("事项", "Service items"), columns, rows)


def _steps(content: ReportContent) -> Sheet:
    columns = (
        _SERVICE,
        Column(title=Text("环节", "Step"), width=24),
        Column(title=Text("办理次数", "Tasks done"), number_format=COUNT),
        Column(title=Text("中位小时", "Median hours"), number_format=TENTH),
        Column(title=Text("九成不超过（小时）", "90% within (hours)"), number_format=TENTH),
        Column(title=Text("合计小时", "Hours in all"), number_format=TENTH),
    )
    rows = [
        (
            content.types[step.type_code].title if step.type_code in content.types else step.type_code,
            content.types[step.type_code].step(step.node) if step.type_code in content.types else step.node,
            step.done,
            step.median_hours,
            step.ninetieth_hours,
            step.total_hours,
        )
        for step in content.steps
    ]
    return _sheet(content, "环节 Steps", Text("环节用时", "Time by step"), columns, rows)


def _last(content: ReportContent) -> Sheet:
    columns = (
        _SERVICE,
        _DEPARTMENT,
        Column(title=Text("最后答复次数", "Times last"), number_format=COUNT),
        Column(title=Text("其他部门等待小时", "Hours others waited"), number_format=TENTH),
    )
    rows = [
        (
            content.types[row.type_code].title if row.type_code in content.types else row.type_code,
            content.names[row.organisation],
            row.times,
            row.waited_hours,
        )
        for row in content.last_answers
    ]
    title = Text("并联环节最后答复的部门", "Who answered last in joint steps")
    return _sheet(content, "并联 Joint steps", title, columns, rows)


def _evidence(content: ReportContent, name: str, title: Text, rows: Iterable[Evidence]) -> Sheet:
    columns = (
        _NUMBER,
        _SERVICE,
        Column(title=Text("环节", "Step"), width=24),
        _DEPARTMENT,
        Column(title=Text("工作人员", "Officer"), width=16),
        Column(title=Text("情况", "Mark"), width=16),
        Column(title=Text("时间", "At"), width=18, number_format=MOMENT),
        Column(title=Text("期限", "Due"), width=18, number_format=MOMENT),
    )
    listed = [
        (
            row.number,
            row.type_title,
            row.step,
            content.names[row.organisation],
            content.people.get(row.officer_id or 0, ""),
            MARK_TEXTS[row.indicator, row.mark],
            row.at,
            row.due_at,
        )
        for row in rows
    ]
    return _sheet(content, name, title, columns, listed)
