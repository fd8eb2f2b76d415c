"""What pydantic finds wrong with a declared value, in words that tell what to write instead."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import ErrorDetails

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

_ANY = Text("值有误：{msg}", "{msg}")
_WORDS: Mapping[str, Text] = {
    "missing": Text("缺少这一项", "this key is missing"),
    "extra_forbidden": Text("没有这一项：请检查拼写", "there is no such key here: look at the spelling"),
    "string_type": Text(
        "应为文字；数字和true请加引号", "a text is wanted; put numbers and true in quotation marks"
    ),
    "string_too_short": Text("至少{min_length}个字符", "at least {min_length} characters"),
    "string_too_long": Text("最多{max_length}个字符", "at most {max_length} characters"),
    "string_pattern_mismatch": Text("应符合{pattern}", "it must match {pattern}"),
    "int_type": Text("应为整数", "a whole number is wanted"),
    "int_parsing": Text("应为整数", "a whole number is wanted"),
    "float_type": Text("应为数字", "a number is wanted"),
    "decimal_type": Text("应为数字", "a number is wanted"),
    "bool_type": Text("应为true或false", "true or false is wanted"),
    "date_parsing": Text("应为日期，如2026-11-21", "a date is wanted, such as 2026-11-21"),
    "date_type": Text('应为日期，如"2026-11-21"', 'a date is wanted, such as "2026-11-21"'),
    "tuple_type": Text(
        "应为列表：写成[…]，或每行以“-”开头", "a list is wanted: […], or lines that begin with “-”"
    ),
    "list_type": Text(
        "应为列表：写成[…]，或每行以“-”开头", "a list is wanted: […], or lines that begin with “-”"
    ),
    "dict_type": Text("应为“键: 值”", "“key: value” pairs are wanted"),
    "model_type": Text("应为“键: 值”", "“key: value” pairs are wanted"),
    "dataclass_type": Text(
        "应为双语文字：{{zh: …, en: …}}", "a text in both languages is wanted: {{zh: …, en: …}}"
    ),
    "dataclass_exact_type": Text(
        "应为双语文字：{{zh: …, en: …}}", "a text in both languages is wanted: {{zh: …, en: …}}"
    ),
    "literal_error": Text("应为{expected}之一", "it must be one of {expected}"),
    "enum": Text("应为{expected}之一", "it must be one of {expected}"),
    "greater_than": Text("应大于{gt}", "it must be greater than {gt}"),
    "greater_than_equal": Text("不得小于{ge}", "it must be at least {ge}"),
    "less_than": Text("应小于{lt}", "it must be less than {lt}"),
    "less_than_equal": Text("不得大于{le}", "it must be at most {le}"),
    "too_short": Text("至少{min_length}项", "at least {min_length} of them"),
    "too_long": Text("最多{max_length}项", "at most {max_length} of them"),
    "unexpected_keyword_argument": Text(
        "没有这一项：请检查拼写", "there is no such key here: look at the spelling"
    ),
    "missing_argument": Text("缺少这一项", "this key is missing"),
}


def reason_of(fault: ErrorDetails) -> Text:
    """The reason of one fault; a rule of ours says its own."""
    context = dict(fault.get("ctx", {}))
    broken = context.get("error")
    if isinstance(broken, Unfit):
        return broken.reason
    msg = fault["msg"].removeprefix("Value error, ")
    pattern = _WORDS.get(fault["type"], _ANY)
    said = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return pattern.fill(**{**context, "expected": said, "msg": msg})
