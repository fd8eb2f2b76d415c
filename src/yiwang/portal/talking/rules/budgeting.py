"""Participatory budgets: projects with costs, what one voter may choose, and which of them are paid for.

Projects are written as text: a line ``# title | cost in yuan`` begins one, what follows describes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.portal.talking.rules.wording import refuse


class Way(StrEnum):
    """What bounds the choice of one voter."""

    WITHIN = "within"
    COUNT = "count"


WAY_TEXTS = {
    Way.WITHIN: Text("所选项目的费用合计不超过预算", "The chosen projects cost no more than the budget"),
    Way.COUNT: Text("最多选几个项目", "At most so many projects"),
}
MOST_PROJECTS, MOST_TITLE, MOST_TEXT, MOST_YUAN = 60, 100, 2000, 10_000_000_000
VOID = "x"
_NONE = Text("至少要有两个项目", "There must be two projects at least")
_MANY = Text(
    "最多{most}个项目，名称最多{title}字，说明最多{text}字",
    "At most {most} projects, titles of {title} and descriptions of {text} characters",
).fill(most=MOST_PROJECTS, title=MOST_TITLE, text=MOST_TEXT)
_HEAD = Text("写成“# 项目名称 | 费用（元）”：{line}", "Write “# title | cost in yuan”: {line}")
_DEAR = Text("“{title}”的费用超过预算", "“{title}” costs more than the budget")
_CHOOSE = Text("请至少选一个项目", "Choose one project at least")
_UNKNOWN = Text("请从列出的项目中选择", "Choose from the projects")
_OVER = Text(
    "所选项目合计{sum}元，超过预算{amount}元",
    "Your choice costs {sum} yuan, more than the {amount} there are",
)
_TOO_MANY = Text("最多选{most}个项目", "Choose {most} projects at most")
_PAPER = Text("第{line}张：{why}", "Paper {line}: {why}")
_NO_NUMBER = Text("只写项目编号，作废的写{void}", "Numbers of projects only, or {void} for a void one").fill(
    void=VOID
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project, numbered from 1; ``cost`` in yuan."""

    number: int
    title: str
    text: str
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What there is to spend, in yuan, and what bounds a choice; ``most`` counts for the way COUNT."""

    amount: int
    way: Way
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A project in the result."""

    project: Project
    votes: int
    is_paid: bool


def projects_of(text: str, amount: int) -> tuple[tuple[Project, ...], list[FieldProblem]]:
    """Read projects, and say what is wrong with them."""
    found: list[tuple[str, int, list[str]]] = []
    problems: list[FieldProblem] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith("# "):
            title, _, cost = line[2:].replace("｜", "|").rpartition("|")
            plain = cost.strip().replace(",", "")
            if not title.strip() or not plain.isdecimal() or not 0 < int(plain[:12]) <= MOST_YUAN:
                shown = line[:40].replace("{", "").replace("}", "")
                problems.append(refuse("projects", _HEAD.fill(line=shown)))
            else:
                found.append((title.strip(), int(plain[:12]), []))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            problems.append(refuse("projects", _HEAD.fill(line=line[:40].replace("{", "").replace("}", ""))))
    projects = tuple(
        Project(number=number, title=title, cost=cost, text="\n".join(lines).strip())
        for number, (title, cost, lines) in enumerate(found, start=1)
    )
    if problems:
        return projects, problems
    if len(projects) < 2:
        problems.append(refuse("projects", _NONE))
    if len(projects) > MOST_PROJECTS or any(
        len(p.title) > MOST_TITLE or len(p.text) > MOST_TEXT for p in projects
    ):
        problems.append(refuse("projects", _MANY))
    dear = (p for p in projects if p.cost > amount)
    return projects, [*problems, *(refuse("projects", _DEAR.fill(title=p.title)) for p in dear)]


def written(projects: Iterable[Project]) -> str:
    """The text from which ``projects_of`` reads them."""
    return "\n".join(
        f"# {p.title} | {p.cost}\n{p.text}\n" if p.text else f"# {p.title} | {p.cost}\n" for p in projects
    )


def fault_of_choice(chosen: Sequence[int], projects: Mapping[int, Project], terms: Terms) -> Text | None:
    """What is wrong with the choice of one voter."""
    if not chosen:
        return _CHOOSE
    if not set(chosen) <= projects.keys() or len(set(chosen)) < len(chosen):
        return _UNKNOWN
    if terms.way is Way.COUNT:
        return _TOO_MANY.fill(most=terms.most) if len(chosen) > terms.most else None
    together = sum(projects[number].cost for number in chosen)
    return _OVER.fill(sum=together, amount=terms.amount) if together > terms.amount else None


def papers_of(
    text: str, projects: Mapping[int, Project], terms: Terms
) -> tuple[list[list[int]], int, list[FieldProblem]]:
    """Read papers, one a line: numbers of projects, or ``x`` for a void one; gives choices and the void."""
    choices: list[list[int]] = []
    void, problems = 0, []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines, start=1):
        if line.lower() == VOID:
            void += 1
            continue
        signs = line.replace("，", " ").replace(",", " ").replace("、", " ").split()
        chosen = [int(sign) if sign.isdecimal() and len(sign) <= 3 else 0 for sign in signs]
        why = fault_of_choice(chosen, projects, terms) if 0 not in chosen else _NO_NUMBER
        if why is not None:
            problems.append(
                refuse(
                    "papers",
                    Text(_PAPER.zh.format(line=place, why=why.zh), _PAPER.en.format(line=place, why=why.en)),
                )
            )
        choices.append(chosen)
    return choices, void, problems


def placed(projects: Iterable[Project], votes: Mapping[int, int], amount: int) -> tuple[Placed, ...]:
    """The result: most votes first; of equal votes the cheaper first, then the one listed first.

    Going down this order, each project is paid for that has a vote and for which enough is left.
    """
    order = sorted(projects, key=lambda p: (-votes.get(p.number, 0), p.cost, p.number))
    left, result = amount, []
    for project in order:
        count = votes.get(project.number, 0)
        is_paid = bool(count) and project.cost <= left
        left -= project.cost if is_paid else 0
        result.append(Placed(project=project, votes=count, is_paid=is_paid))
    return tuple(result)
