"""What can be wrong with an expression: always a place and a sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text


@dataclass(eq=False)
class FeelProblem(YiwangError):
    """An expression is malformed, or costs more than any condition may. Line and column count from 1."""

    line: int
    column: int
    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "表达式第{line}行第{column}列：{reason}",
        "Expression, line {line}, column {column}: {reason}",
    )


TOO_LONG = Text("表达式超过{limit}个字符", "the expression is longer than {limit} characters")
TOO_DEEP = Text("表达式嵌套过深", "the expression is nested too deeply")
TOO_COSTLY = Text("计算量超过允许的上限", "the calculation takes more steps than are allowed")
TOO_LARGE = Text("计算结果过大", "the result is too large")
UNEXPECTED = Text("此处不应出现“{token}”", "“{token}” is not expected here")
UNEXPECTED_END = Text("表达式不完整", "the expression ends too early")
BAD_STRING = Text("文字中的转义写法有误", "a string holds an unknown escape")
BAD_GROUP = Text("多个条件的括号只能写在“in”之后", "several tests in brackets may stand only after “in”")
BAD_TEMPORAL = Text("“{value}”不是日期、时间或时长", "“{value}” is not a date, a time or a duration")
BAD_NUMBER = Text("数字超过34位", "a number has more than 34 digits")
BAD_PATTERN = Text("正则表达式有误：{reason}", "the pattern is refused: {reason}")
BAD_TYPE = Text("没有名为“{name}”的类型", "there is no type called “{name}”")
DUPLICATE_KEY = Text("“{name}”重复出现", "“{name}” stands twice")
NO_FUNCTION = Text("没有名为“{name}”的函数", "there is no function called “{name}”")
NO_INPUT = Text("“?”只能用于单元条件", "“?” may stand only in a unary test")
BAD_ARGUMENTS = Text("函数“{name}”的参数不对", "the function “{name}” does not take these arguments")
NO_INSTANT = Text("此处没有给定当前时间", "no present instant is given here")
