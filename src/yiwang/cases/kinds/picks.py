"""What a form picks fits the registers that it picks from: open, with public fields, on the same page."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping

from yiwang.cases.definitions.form import Form, Page, Question, QuestionKind
from yiwang.cases.definitions.picks import Beside, Crossed, Picks
from yiwang.cases.rules.forms.picks import OVERLAP, named_in
from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.feel import FeelProblem, compile_expression
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition, Known, PathKey
from yiwang.registers.definitions import SHAPES, FieldKind, RegisterDefinition

_NO_REGISTER = Text("没有登记簿“{register}”", "there is no register {register!r}")
_CLOSED = Text(
    "登记簿“{register}”不是公开的（open: true），不能从中选取：所选内容写进申请，经手的人都能看到",
    "the register {register!r} is not open, so nothing is picked from it: what is picked stands in the "
    "application, which many read",
)
_NO_SHAPE = Text(
    "登记簿“{register}”没有可检索的公开图形字段",
    "the register {register!r} has no searchable public shape",
)
_NO_FIELD = Text(
    "登记簿“{register}”没有公开的字段“{field}”；可用：{known}",
    "the register {register!r} has no public field {field!r}; it has {known}",
)
_NO_QUESTION = Text("本页没有题目“{key}”", "the page has no question {key!r}")
_NOT_FILLED = Text(
    "{kind}类题目“{key}”不能由登记簿填写", "the question {key!r} of kind {kind} is not filled from a register"
)
_ROOT = Text(
    "没有名为“{name}”的数据；这里可用answers.<题目>和picked.<字段>",
    "unknown name {name!r}; answers.<question> and picked.<field> are known here",
)
_ROOT_BESIDE = Text(
    "没有名为“{name}”的数据；这里可用answers.<题目>、picked.<字段>和beside.<字段>",
    "unknown name {name!r}; answers.<question>, picked.<field> and beside.<field> are known here",
)
_BRACES = Text("花括号没有成对", "the braces are not in pairs")
_UNFILLED = frozenset({QuestionKind.GROUP, QuestionKind.FILE, QuestionKind.CHOICES})
_Fault = tuple[PathKey, Text]
#: A register that conditions read, with the names of what everybody may read of it.
_Open = tuple[RegisterDefinition, Collection[str]]


def pick_problems(definition: Definition, form: Form, known: Known) -> Iterator[DefinitionProblem]:
    """Every fault of what its questions pick."""
    for number, page in enumerate(form.pages):
        for place, question in enumerate(page.questions):
            if question.picks is None:
                continue
            path: PathKey = ("pages", number, "questions", place, "picks")
            for inner, reason in _faults(form, page, question, question.picks, known):
                yield definition.source.problem((*path, *inner), reason)


def _faults(form: Form, page: Page, question: Question, picks: Picks, known: Known) -> Iterator[_Fault]:
    if known.lacks("registers", picks.register_code):
        yield ("register",), _NO_REGISTER.fill(register=picks.register_code)
    register = _register(known, picks.register_code)
    for key in picks.fills:
        yield from _target(page, question, key)
    for number, crossed in enumerate(picks.crosses):
        yield from _crossed(crossed, ("crosses", number), known)
    if register is None:
        return
    public = _public(register)
    if register.key not in public:
        yield ("register",), _CLOSED.fill(register=register.code)
        return
    if picks.crosses and not _has_shape(register):
        yield ("crosses",), _NO_SHAPE.fill(register=register.code)
    for number, name in enumerate(picks.shown):
        yield from _field(register, public, name, ("shown", number))
    yield from _filled(page, picks, register, public)
    questions = {each.key for _, each in form.questions()}
    for number, conflict in enumerate(picks.conflicts):
        path: PathKey = ("conflicts", number)
        yield from _condition(conflict.when, questions, {"picked": (register, public)}, (*path, "when"))
        yield from _sentence(conflict.says, register, public, (*path, "says"))
    for number, declared in enumerate(picks.beside):
        yield from _beside(declared, questions, (register, public), ("beside", number), known)


def _register(known: Known, code: str) -> RegisterDefinition | None:
    declared = known.get("registers", code)
    return None if declared is None else RegisterDefinition.model_validate_json(json.dumps(declared.content))


def _public(register: RegisterDefinition) -> frozenset[str]:
    """Names that everybody may read as words or numbers."""
    return frozenset(
        field.name
        for field in register.fields
        if register.open and field.secrecy is Secrecy.PUBLIC and field.kind not in SHAPES
    )


def _public_areas(register: RegisterDefinition) -> frozenset[str]:
    """Names of areas that everybody may see; a question about ground takes one."""
    return frozenset(
        field.name
        for field in register.fields
        if register.open and field.secrecy is Secrecy.PUBLIC and field.kind is FieldKind.AREA
    )


def _has_shape(register: RegisterDefinition) -> bool:
    return any(
        field.kind in SHAPES and field.searchable and register.open and field.secrecy is Secrecy.PUBLIC
        for field in register.fields
    )


def _target(page: Page, question: Question, key: str) -> Iterator[_Fault]:
    target = next((each for each in page.questions if each.key == key and each is not question), None)
    if target is None:
        yield ("fills", key), _NO_QUESTION.fill(key=key)
    elif target.kind in _UNFILLED or target.picks is not None:
        yield ("fills", key), _NOT_FILLED.fill(key=key, kind=target.kind)


def _filled(
    page: Page, picks: Picks, register: RegisterDefinition, public: Collection[str]
) -> Iterator[_Fault]:
    drawn = _public_areas(register)
    grounds = {each.key for each in page.questions if each.kind is QuestionKind.AREA}
    for key, name in picks.fills.items():
        if not (name in drawn and key in grounds):
            yield from _field(register, public, name, ("fills", key))


def _beside(
    declared: Beside, questions: Collection[str], picked: _Open, path: PathKey, known: Known
) -> Iterator[_Fault]:
    for number, conflict in enumerate(declared.missing):
        inner = (*path, "missing", number)
        yield from _condition(conflict.when, questions, {"picked": picked}, (*inner, "when"))
        yield from _sentence(conflict.says, *picked, (*inner, "says"))
    register = _register(known, declared.register_code)
    if register is None:
        if known.lacks("registers", declared.register_code):
            yield (*path, "register"), _NO_REGISTER.fill(register=declared.register_code)
        return
    public = _public(register)
    if register.key not in public:
        yield (*path, "register"), _CLOSED.fill(register=register.code)
        return
    for key, name in (("field", declared.field), ("latest", declared.latest)):
        yield from _field(register, public, name, (*path, key))
    for number, name in enumerate(declared.shown):
        yield from _field(register, public, name, (*path, "shown", number))
    for number, conflict in enumerate(declared.conflicts):
        inner = (*path, "conflicts", number)
        entries = {"picked": picked, "beside": (register, public)}
        yield from _condition(conflict.when, questions, entries, (*inner, "when"))
        yield from _sentence(conflict.says, register, public, (*inner, "says"))


def _crossed(crossed: Crossed, path: PathKey, known: Known) -> Iterator[_Fault]:
    register = _register(known, crossed.register_code)
    if register is None:
        if known.lacks("registers", crossed.register_code):
            yield (*path, "register"), _NO_REGISTER.fill(register=crossed.register_code)
        return
    if not register.open:
        yield (*path, "register"), _CLOSED.fill(register=register.code)
    elif not _has_shape(register):
        yield (*path, "register"), _NO_SHAPE.fill(register=register.code)
    else:
        yield from _sentence(crossed.says, register, _public(register) | {OVERLAP}, (*path, "says"))


def _field(
    register: RegisterDefinition, public: Collection[str], name: str, path: PathKey
) -> Iterator[_Fault]:
    if name not in public:
        fields = ", ".join(each for each in register.names if each in public)
        yield path, _NO_FIELD.fill(register=register.code, field=name, known=fields)


def _sentence(
    says: Text, register: RegisterDefinition, public: Collection[str], path: PathKey
) -> Iterator[_Fault]:
    try:
        names = sorted(named_in(says))
    except ValueError:
        yield path, _BRACES
        return
    for name in names:
        yield from _field(register, public, name, path)


def _condition(
    feel: str, questions: Collection[str], entries: Mapping[str, _Open], path: PathKey
) -> Iterator[_Fault]:
    try:
        names = sorted(compile_expression(feel).names)
    except FeelProblem as problem:
        yield path, problem.sentence
        return
    for dotted in names:
        root, _, rest = dotted.partition(".")
        key = rest.partition(".")[0]
        if root == "answers" and key in questions:
            continue
        if root in entries and key:
            yield from _field(*entries[root], key, path)
        else:
            yield path, (_ROOT_BESIDE if "beside" in entries else _ROOT).fill(name=dotted)
