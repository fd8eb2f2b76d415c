"""What can be said of a form before anybody fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from yiwang.cases.definitions.form import CHOOSING, Form, Question, QuestionKind
from yiwang.cases.rules.forms.parsing import limit_day
from yiwang.kernel.feel import Expression, FeelProblem, compile_expression, tree
from yiwang.kernel.pattern import PatternRefused, compile_pattern
from yiwang.kernel.text import Text

#: Names that conditions may use besides ``answers`` (and ``row`` within a group).
SURROUNDINGS = frozenset({"applicant", "case"})
Path = tuple[str | int, ...]
_PAGE = Text("页“{key}”重复", "the page “{key}” stands twice")
_OPTION = Text("选项“{key}”重复", "the option “{key}” stands twice")
_QUESTION = Text("题目编码“{key}”重复", "the question key “{key}” stands twice")


@dataclass(frozen=True, slots=True)
class FormFault:
    """One fault: where in the YAML it stands and why it is refused."""

    path: Path
    reason: Text


def check_form(form: Form, resources: Mapping[str, frozenset[str]] | None = None) -> list[FormFault]:
    """Every fault of a form. ``resources`` gives each resource's fields; None leaves pre-fills unchecked."""
    return list(_Checker(form, resources).faults())


class _Checker:
    def __init__(self, form: Form, resources: Mapping[str, frozenset[str]] | None) -> None:
        self.form = form
        self.resources = resources
        self.questions = {question.key: question for _, question in form.questions()}
        self.earlier: set[str] = set()

    def faults(self) -> Iterator[FormFault]:
        yield from _doubles([page.key for page in self.form.pages], ("pages",), _PAGE)
        yield from self._double_questions()
        for number, page in enumerate(self.form.pages):
            path: Path = ("pages", number)
            yield from self._page_condition(page.show_if, path)
            for place, question in enumerate(page.questions):
                yield from self._question(question, (*path, "questions", place))
                self.earlier.add(question.key)

    def _double_questions(self) -> Iterator[FormFault]:
        seen: set[str] = set()
        for number, page in enumerate(self.form.pages):
            for place, question in enumerate(page.questions):
                if question.key in seen:
                    path = ("pages", number, "questions", place, "key")
                    yield FormFault(
                        path,
                        Text(
                            f"题目编码“{question.key}”重复", f"the question key “{question.key}” stands twice"
                        ),
                    )
                seen.add(question.key)

    def _page_condition(self, condition: str | None, path: Path) -> Iterator[FormFault]:
        if condition is None:
            return
        where = (*path, "show_if")
        faults = list(self._condition(condition, where, row=()))
        yield from faults
        if not faults and _is_never_true(compile_expression(condition).tree):
            yield FormFault(
                where,
                Text(
                    "此页永远不会出现：它的条件不可能成立",
                    "the page can never be reached: its condition is never true",
                ),
            )

    def _question(
        self, question: Question, path: Path, row: tuple[Question, ...] | None = None
    ) -> Iterator[FormFault]:
        inner = row or ()
        if question.show_if is not None:
            yield from self._condition(question.show_if, (*path, "show_if"), row=inner)
        if isinstance(question.required, str):
            yield from self._condition(question.required, (*path, "required"), row=inner)
        yield from self._limits(question, path)
        yield from self._pattern(question, path)
        yield from self._prefill(question, path)
        yield from _doubles([option.value for option in question.options], (*path, "options"), _OPTION)
        yield from _doubles([one.key for one in question.questions], (*path, "questions"), _QUESTION)
        for place, one in enumerate(question.questions):
            yield from self._question(one, (*path, "questions", place), question.questions[:place])

    def _condition(self, text: str, path: Path, *, row: tuple[Question, ...]) -> Iterator[FormFault]:
        try:
            expression = compile_expression(text)
        except FeelProblem as problem:
            yield FormFault(path, problem.sentence)
            return
        keys = {question.key for question in row}
        for name in sorted(expression.names):
            reason = self._wrong_name(name.split("."), keys)
            if reason is not None:
                yield FormFault(path, reason)
        yield from self._wrong_options(expression, path)

    def _wrong_name(self, parts: list[str], row: set[str]) -> Text | None:
        root, key = parts[0], parts[1] if len(parts) > 1 else ""
        if root in SURROUNDINGS or (root == "answers" and not key):
            return None
        if root == "row" and row:
            return (
                None
                if not key or key in row
                else Text(f"本行在此之前没有题目“{key}”", f"the row has no question “{key}” before this one")
            )
        if root != "answers":
            return Text(
                f"没有名为“{root}”的数据；条件应写answers.<题目编码>",
                f"unknown name “{root}”; conditions read answers.<question>",
            )
        if key not in self.questions:
            return Text(f"没有题目“{key}”", f"there is no question “{key}”")
        return (
            None
            if key in self.earlier
            else Text(f"题目“{key}”在此之后才问", f"the question “{key}” is asked later than this")
        )

    def _wrong_options(self, expression: Expression, path: Path) -> Iterator[FormFault]:
        """A choice compared with a text that is none of its options can never be equal to it."""
        for question, value in _comparisons(expression.tree):
            found = self.questions.get(question)
            if found is None or found.kind not in CHOOSING:
                continue
            if value not in {option.value for option in found.options}:
                yield FormFault(
                    path,
                    Text(f"“{value}”不是“{question}”的选项", f"“{value}” is not an option of “{question}”"),
                )

    def _limits(self, question: Question, path: Path) -> Iterator[FormFault]:
        limits = [(name, getattr(question, name)) for name in ("min", "max")]
        is_date = question.kind is QuestionKind.DATE
        for name, limit in limits:
            if limit is None:
                continue
            if is_date:
                try:
                    limit_day(limit, date(2000, 1, 1))
                except ValueError:
                    yield FormFault(
                        (*path, name),
                        Text(f"“{limit}”既不是日期也不是today", f"“{limit}” is neither a date nor today"),
                    )
            elif isinstance(limit, str) or (
                question.kind is QuestionKind.GROUP and not isinstance(limit, int)
            ):
                yield FormFault((*path, name), Text(f"“{limit}”不是数字", f"“{limit}” is not a number"))
        least, most = (limit for _, limit in limits)
        same_kind = isinstance(least, int | float) and isinstance(most, int | float)
        if same_kind and least > most:
            yield FormFault((*path, "max"), Text("max小于min", "max is below min"))

    def _pattern(self, question: Question, path: Path) -> Iterator[FormFault]:
        if question.pattern is None:
            return
        try:
            compile_pattern(f"^(?:{question.pattern})$")
        except PatternRefused as refused:
            yield FormFault(
                (*path, "pattern"),
                Text(f"正则表达式有误：{refused.reason.zh}", f"the pattern is refused: {refused.reason.en}"),
            )

    def _prefill(self, question: Question, path: Path) -> Iterator[FormFault]:
        wanted = question.prefill
        if wanted is None or self.resources is None:
            return
        if wanted.resource not in self.resources:
            yield FormFault(
                (*path, "prefill", "resource"),
                Text(f"没有资源“{wanted.resource}”", f"there is no resource “{wanted.resource}”"),
            )
        elif wanted.field not in self.resources[wanted.resource]:
            yield FormFault(
                (*path, "prefill", "field"),
                Text(
                    f"资源“{wanted.resource}”没有字段“{wanted.field}”",
                    f"the resource “{wanted.resource}” has no field “{wanted.field}”",
                ),
            )


def _doubles(keys: list[str], path: Path, what: Text) -> Iterator[FormFault]:
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield FormFault((*path, place), what.fill(key=key))


def _is_never_true(node: tree.Node) -> bool:
    match node:
        case tree.Literal():
            return node.value is not True
        case tree.Logic(word="and"):
            return any(_is_never_true(part) for part in node.parts)
        case tree.Logic():
            return all(_is_never_true(part) for part in node.parts)
        case _:
            return False


def _comparisons(root: tree.Node) -> Iterator[tuple[str, str]]:
    """Question keys and the texts they are compared with, by ``=``, ``!=``, ``in`` and ``list contains``."""
    pending: list[tree.Node] = [root]
    while pending:
        node = pending.pop()
        pending.extend(node.children())
        match node:
            case tree.Compare(comparator="=" | "!=", left=left, right=right):
                yield from _pair(left, right)
                yield from _pair(right, left)
            case tree.In(value=value, tests=tests):
                for test in tests:
                    for member in test.items if isinstance(test, tree.ListLiteral) else (test,):
                        yield from _pair(value, member)
            case tree.Call(function=tree.Name(name="list contains"), arguments=(left, right)):
                yield from _pair(left, right)
            case _:
                pass


def _pair(path: tree.Node, literal: tree.Node) -> Iterator[tuple[str, str]]:
    match path, literal:
        case tree.Path(source=tree.Name(name="answers"), name=key), tree.Literal(value=str() as value):
            yield key, value
        case _:
            pass
