"""Compiled expressions and unary tests: what the rest of the city holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from yiwang.kernel.feel import errors, logic, tree
from yiwang.kernel.feel.compiler import Compiler, Test, compile_test
from yiwang.kernel.feel.errors import FeelProblem
from yiwang.kernel.feel.free_names import free_names
from yiwang.kernel.feel.parser import parse_expression, parse_unary_tests
from yiwang.kernel.feel.scope import Closure, Names
from yiwang.kernel.feel.values import SCALARS, Run, Value, adapt, plain


class Expression:
    """An expression ready to be evaluated, any number of times and by any number of threads."""

    __slots__ = ("_closure", "item_names", "names", "text", "tree")

    def __init__(self, text: str, node: tree.Node, closure: Closure) -> None:
        self.text = text
        self.tree = node
        self.names, self.item_names = free_names(node)
        self._closure = closure

    def evaluate(self, context: Mapping[str, object], *, at: datetime | None = None) -> Value:
        """The value of the expression where the context's keys are names.

        ``at`` is the present instant for ``today()`` and ``now()``, aware. Raises FeelProblem when the
        evaluation takes more steps than allowed; whatever else cannot be answered is null.
        """
        run = Run(at)
        try:
            value = self._closure(Names(context, None, run))
            return value if type(value) in SCALARS else plain(value, run)
        except RecursionError:
            raise run.problem(errors.TOO_DEEP) from None

    def is_true(self, context: Mapping[str, object], *, at: datetime | None = None) -> bool:
        """Whether the value is true: null and everything else are not."""
        return self.evaluate(context, at=at) is True

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


class UnaryTests:
    """An input cell of a decision table."""

    __slots__ = ("_tests", "item_names", "names", "text", "tree")

    def __init__(self, text: str, node: tree.UnaryTests, tests: tuple[Test, ...]) -> None:
        self.text = text
        self.tree = node
        self.names, self.item_names = free_names(node)
        self._tests = tests

    @property
    def accepts_all(self) -> bool:
        """Whether the cell is ``-``."""
        return not self.tree.tests

    def accepts(
        self, value: object, context: Mapping[str, object], *, at: datetime | None = None
    ) -> bool | None:
        """Whether the input passes; null when it cannot be told. Raises FeelProblem as evaluate does."""
        if not self._tests:
            return True
        run = Run(at)
        try:
            given = adapt(value, run)
            names = Names({"?": given}, Names(context, None, run), run)
            answer = logic.disjunction(test(given, names) for test in self._tests)
        except RecursionError:
            raise run.problem(errors.TOO_DEEP) from None
        return logic.negation(answer) if self.tree.negated else answer

    def __repr__(self) -> str:
        return f"UnaryTests({self.text!r})"


def _guarded(make: Callable[[], Closure]) -> Closure:
    try:
        return make()
    except RecursionError:
        raise FeelProblem(line=1, column=1, reason=errors.TOO_DEEP) from None


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Compile an expression; raises FeelProblem."""
    node = parse_expression(text)
    return Expression(text, node, _guarded(lambda: Compiler(has_input=False).compile(node)))


@lru_cache(maxsize=4096)
def compile_unary_tests(text: str) -> UnaryTests:
    """Compile an input cell; an empty cell and ``-`` accept all. Raises FeelProblem."""
    node = parse_unary_tests(text)
    compiler = Compiler(has_input=True)
    return UnaryTests(text, node, tuple(_cell_test(compiler, test) for test in node.tests))


def _cell_test(compiler: Compiler, node: tree.Node) -> Test:
    """A test in a cell; an expression about ``?``, or one that is a boolean of itself, is its own answer."""
    bound = frozenset({"?"})
    if not tree.uses_input(node):
        return compile_test(compiler, node, bound)
    closure = compiler.compile(node, bound)

    def test(_value: Value, names: Names) -> bool | None:
        answer = closure(names)
        return answer if isinstance(answer, bool) else None

    return test
