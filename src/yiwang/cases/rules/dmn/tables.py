"""Decision tables and literal expressions of a DMN file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml.etree import _Element

from yiwang.cases.rules.dmn.model import (
    Aggregation,
    Cell,
    DecisionTable,
    HitPolicy,
    Input,
    LiteralExpression,
    Output,
    Rule,
)
from yiwang.kernel.feel import (
    Expression,
    FeelProblem,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from yiwang.kernel.safe_xml import line_of, local_name
from yiwang.kernel.text import Text

#: Namespace of what DMN itself has no word for.
YW = "urn:yiwang:dmn:1"
MAX_RULES = 2_000
MAX_COLUMNS = 60
_LOGIC = ("decisionTable", "literalExpression")
_UNSUPPORTED = ("context", "invocation", "relation", "list", "functionDefinition", "conditional", "for",
                "every", "some", "filter")  # fmt: skip
# typeRef -> FEEL's name of the type; Camunda's names of numbers are those of Java.
KINDS = {
    "": "", "Any": "", "string": "string", "boolean": "boolean", "date": "date", "time": "time",
    "number": "number", "integer": "number", "long": "number", "double": "number",
    "dateTime": "date and time", "date and time": "date and time",
    "dayTimeDuration": "days and time duration", "days and time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "years and months duration": "years and months duration", "list": "list", "context": "context",
}  # fmt: skip

Report = Callable[[int, str, Text], None]


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return (child for child in element if local_name(child) == name)


def _text(element: _Element | None) -> tuple[str, int]:
    """The <text> below an element and its line; both empty when there is none."""
    if element is None:
        return "", 0
    for child in _children(element, "text"):
        return child.text or "", line_of(child)
    return "", line_of(element)


class TableReader:
    """Reads the logic of decisions; faults go to ``report(line, path, reason)``."""

    def __init__(self, root: _Element, report: Report) -> None:
        self.report = report
        self.types: dict[str, tuple[str, UnaryTests | None]] = {
            name: (kind, None) for name, kind in KINDS.items()
        }
        for element in _children(root, "itemDefinition"):
            self._item_definition(element)

    def _item_definition(self, element: _Element) -> None:
        name = element.get("name", "")
        reference = next(_children(element, "typeRef"), None)
        kind = KINDS.get((reference.text or "").strip()) if reference is not None else "context"
        if kind is None:
            self.report(
                line_of(element),
                name,
                Text("类型只能细化FEEL自有的类型", "a type may refine one of FEEL's own types only"),
            )
            kind = ""
        allowed = self._allowed(next(_children(element, "allowedValues"), None), name)
        self.types[name] = (kind, allowed)

    def logic(self, decision: _Element, path: str) -> DecisionTable | LiteralExpression | None:
        """The table or expression of a decision; None after a fault."""
        for element in decision:
            if local_name(element) in _UNSUPPORTED:
                self.report(
                    line_of(element),
                    path,
                    Text(f"不支持<{local_name(element)}>", f"<{local_name(element)}> is not supported here"),
                )
                return None
        found = [element for element in decision if local_name(element) in _LOGIC]
        if len(found) != 1:
            self.report(
                line_of(decision),
                path,
                Text("一个决策应是一张表或一个表达式", "a decision is one table or one literal expression"),
            )
            return None
        if local_name(found[0]) == "literalExpression":
            expression = self._expression(found[0], path)
            if expression is None:
                return None
            return LiteralExpression(expression=expression, line=line_of(found[0]))
        return self._table(found[0], path)

    def _table(self, element: _Element, path: str) -> DecisionTable | None:
        policy, aggregation = self._policy(element, path)
        inputs = [self._input(child, path, number) for number, child in _numbered(element, "input")]
        outputs = [self._output(child, path, number) for number, child in _numbered(element, "output")]
        read_inputs = tuple(column for column in inputs if column is not None)
        read_outputs = tuple(column for column in outputs if column is not None)
        names = [column.name for column in read_outputs]
        if not names or (len(names) > 1 and (len(set(names)) < len(names) or "" in names)):
            self.report(
                line_of(element), path, Text("每个输出须有各自的名称", "each output needs a name of its own")
            )
        if aggregation is not None and len(outputs) > 1:
            self.report(
                line_of(element),
                path,
                Text("只有单输出的表可以汇总", "only a table with one output can aggregate"),
            )
        if len(inputs) + len(outputs) > MAX_COLUMNS:
            self.report(
                line_of(element), path, Text(f"超过{MAX_COLUMNS}列", f"more than {MAX_COLUMNS} columns")
            )
            return None
        rules = self._rules(element, path, len(inputs), len(outputs))
        if len(read_inputs) < len(inputs) or len(read_outputs) < len(outputs):
            return None
        return DecisionTable(
            hit_policy=policy,
            aggregation=aggregation,
            inputs=read_inputs,
            outputs=read_outputs,
            rules=tuple(rules),
            line=line_of(element),
        )

    def _policy(self, element: _Element, path: str) -> tuple[HitPolicy, Aggregation | None]:
        written, aggregation = element.get("hitPolicy", "UNIQUE"), element.get("aggregation")
        if written not in set(HitPolicy):
            self.report(
                line_of(element),
                path,
                Text(
                    f"没有命中策略“{written}”；可用：{', '.join(HitPolicy)}",
                    f"unknown hit policy “{written}”; known: {', '.join(HitPolicy)}",
                ),
            )
            written = "UNIQUE"
        if aggregation is not None and aggregation not in set(Aggregation):
            self.report(
                line_of(element),
                path,
                Text(
                    f"没有汇总方式“{aggregation}”；可用：{', '.join(Aggregation)}",
                    f"unknown aggregation “{aggregation}”; known: {', '.join(Aggregation)}",
                ),
            )
            aggregation = None
        return HitPolicy(written), Aggregation(aggregation) if aggregation else None

    def _kind(self, name: str | None, line: int, path: str) -> tuple[str, UnaryTests | None]:
        written = (name or "").removeprefix("feel:")
        if written not in self.types:
            self.report(line, path, Text(f"没有类型“{written}”", f"unknown type “{written}”"))
            return "", None
        return self.types[written]

    def _input(self, element: _Element, decision: str, number: int) -> Input | None:
        path = f"{decision}.input{number}"
        source = next(_children(element, "inputExpression"), None)
        if source is None:
            self.report(line_of(element), path, Text("缺少输入表达式", "the input expression is missing"))
            return None
        expression = self._expression(source, path)
        kind, allowed = self._kind(source.get("typeRef"), line_of(source), path)
        own = self._allowed(next(_children(element, "inputValues"), None), path)
        if expression is None:
            return None
        return Input(
            label=element.get("label") or expression.text.strip(),
            expression=expression,
            kind=kind,
            allowed=own or allowed,
            line=line_of(element),
        )

    def _output(self, element: _Element, decision: str, number: int) -> Output | None:
        name = element.get("name", "")
        path = f"{decision}.{name or f'output{number}'}"
        kind, allowed = self._kind(element.get("typeRef"), line_of(element), path)
        own = self._allowed(next(_children(element, "outputValues"), None), path)
        default = next(_children(element, "defaultOutputEntry"), None)
        return Output(
            name=name,
            label=element.get("label") or name,
            kind=kind,
            allowed=own or allowed,
            default=self._expression(default, path) if default is not None else None,
            line=line_of(element),
        )

    def _allowed(self, element: _Element | None, path: str) -> UnaryTests | None:
        text, line = _text(element)
        return self._tests(text, line, path) if text.strip() else None

    def _rules(self, table: _Element, decision: str, inputs: int, outputs: int) -> list[Rule]:
        elements = list(_children(table, "rule"))
        if not elements:
            self.report(line_of(table), decision, Text("表中没有规则", "the table has no rule"))
        if len(elements) > MAX_RULES:
            self.report(
                line_of(table), decision, Text(f"规则超过{MAX_RULES:,}条", f"more than {MAX_RULES:,} rules")
            )
            return []
        rules = [
            self._rule(element, f"{decision}.rule{number}", number, (inputs, outputs))
            for number, element in enumerate(elements, 1)
        ]
        return [rule for rule in rules if rule is not None]

    def _rule(self, element: _Element, path: str, number: int, width: tuple[int, int]) -> Rule | None:
        conditions = list(_children(element, "inputEntry"))
        entries = list(_children(element, "outputEntry"))
        if (len(conditions), len(entries)) != width:
            reason = Text(
                f"有{len(conditions)}个条件、{len(entries)}个结果，应为{width[0]}个和{width[1]}个",
                f"it has {len(conditions)} conditions and {len(entries)} answers,"
                f" not {width[0]} and {width[1]}",
            )
            self.report(line_of(element), path, reason)
            return None
        cells = [self._cell(entry, path) for entry in conditions]
        answers = [self._expression(entry, path) for entry in entries]
        read_cells = tuple(cell for cell in cells if cell is not None)
        read_answers = tuple(answer for answer in answers if answer is not None)
        if len(read_cells) < len(cells) or len(read_answers) < len(answers):
            return None
        described = next(_children(element, "description"), None)
        zh = (described.text or "").strip() if described is not None else ""
        return Rule(
            id=element.get("id", f"rule{number}"),
            number=number,
            description=Text(zh, element.get(f"{{{YW}}}descriptionEn", "").strip()),
            cells=read_cells,
            answers=read_answers,
            line=line_of(element),
        )

    def _cell(self, entry: _Element, path: str) -> Cell | None:
        text, line = _text(entry)
        tests = self._tests(text, line, path)
        return None if tests is None else Cell(tests=tests, line=line)

    def _tests(self, text: str, line: int, path: str) -> UnaryTests | None:
        try:
            return compile_unary_tests(text)
        except FeelProblem as problem:
            self._feel(problem, text, line, path)
            return None

    def _expression(self, element: _Element, path: str) -> Expression | None:
        language = element.get("expressionLanguage")
        if language and "feel" not in language.lower():
            self.report(
                line_of(element), path, Text("表达式语言应为FEEL", "the expression language must be FEEL")
            )
            return None
        text, line = _text(element)
        if not text.strip():
            self.report(line, path, Text("缺少表达式", "an expression is missing"))
            return None
        try:
            return compile_expression(text)
        except FeelProblem as problem:
            self._feel(problem, text, line, path)
            return None

    def _feel(self, problem: FeelProblem, text: str, line: int, path: str) -> None:
        shown = " ".join(text.split())[:60]
        said = problem.reason
        reason = Text(
            f"“{shown}”第{problem.column}列：{said.zh}", f"“{shown}”, column {problem.column}: {said.en}"
        )
        self.report(line + problem.line - 1, path, reason)


def _numbered(element: _Element, name: str) -> Iterator[tuple[int, _Element]]:
    return enumerate(_children(element, name), 1)
