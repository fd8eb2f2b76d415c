"""FEEL, the expression language of DMN: the only language in which packs may state conditions.

``compile_expression(text).evaluate(context)`` and ``compile_unary_tests(cell).accepts(value, context)``. An
expression cannot reach Python, cannot run for ever and never raises over data: what cannot be answered is
null. Numbers are decimals of 34 digits, lists and contexts plain lists and dicts.
"""

from yiwang.kernel.feel.errors import FeelProblem
from yiwang.kernel.feel.expression import (
    Expression,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from yiwang.kernel.feel.json_form import Json, as_json
from yiwang.kernel.feel.printer import print_expression, print_unary_tests
from yiwang.kernel.feel.values import Range, Value, YearsMonths

__all__ = [
    "Expression",
    "FeelProblem",
    "Json",
    "Range",
    "UnaryTests",
    "Value",
    "YearsMonths",
    "as_json",
    "compile_expression",
    "compile_unary_tests",
    "print_expression",
    "print_unary_tests",
]
