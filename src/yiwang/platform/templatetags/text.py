"""Words in both languages inside a template, and dates, numbers and money as each language writes them.

``{% t "第{n}步" "Step {n}" n=step %}``, ``{% tx case.title %}``, ``{{ when|day }}``, ``{{ fee|money }}``.
"""

from __future__ import annotations

import re

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from yiwang.kernel.text import Text
from yiwang.platform.web import wording
from yiwang.platform.web.language import current_language, say

register = template.Library()

#: From a Han sign to the last one before Latin letters or markup, with figures and brackets between.
_HAN = re.compile(r"[\u3400-\u9fff](?:[^A-Za-z<&;]*[\u3400-\u9fff])?")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KEYWORD = re.compile(r"([a-z_][a-z0-9_]*)=(.+)", re.DOTALL)


class TextNode(template.Node):
    """One bilingual pair with escaped values; what ``{% t %}`` compiles to."""

    def __init__(self, pair: Text, values: dict[str, FilterExpression], store_as: str | None) -> None:
        self.pair = pair
        self.values = values
        self.store_as = store_as

    def render(self, context: Context) -> SafeString:
        """Fill in the values, escaped, and print or store the text."""
        filled = {name: conditional_escape(expr.resolve(context)) for name, expr in self.values.items()}
        words = _PLACEHOLDER.sub(lambda match: filled[match.group(1)], self.pair.in_(current_language()))
        shown = mark_safe(words)  # noqa: S308 - words are literals of the template, values are escaped above
        if self.store_as is None:
            return shown
        context[self.store_as] = shown
        return SafeString("")


def _literal(parser: Parser, bit: str) -> str:
    """Give the string of a quoted bit, or refuse."""
    if bit[:1] not in {'"', "'"}:
        raise template.TemplateSyntaxError(f"t: needs two quoted strings, Chinese and English; found {bit}")
    expression = parser.compile_filter(bit)
    if expression.filters or not isinstance(expression.var, str):
        raise template.TemplateSyntaxError(f"t: {bit} must be a plain string without filters")
    return str(expression.var)


def _check_placeholders(pair: Text, names: set[str]) -> None:
    """Refuse a pair whose placeholders differ from the values given."""
    for words in (pair.zh, pair.en):
        wanted = set(_PLACEHOLDER.findall(words))
        if wanted != names:
            raise template.TemplateSyntaxError(
                f"t: {words!r} has the placeholders {sorted(wanted)}, the values are {sorted(names)}"
            )


@register.tag("t")
def compile_text(parser: Parser, token: Token) -> TextNode:
    """``{% t "中文" "English" name=value as variable %}``: exactly two string literals."""
    bits = token.split_contents()[1:]
    store_as = None
    if len(bits) >= 2 and bits[-2] == "as":
        store_as = bits[-1]
        bits = bits[:-2]
    if len(bits) < 2:
        raise template.TemplateSyntaxError("t: needs two quoted strings, Chinese and English")
    pair = Text(_literal(parser, bits[0]), _literal(parser, bits[1]))
    values: dict[str, FilterExpression] = {}
    for bit in bits[2:]:
        match = _KEYWORD.fullmatch(bit)
        if match is None:
            raise template.TemplateSyntaxError(f"t: expected name=value after the two strings; found {bit}")
        values[match.group(1)] = parser.compile_filter(match.group(2))
    _check_placeholders(pair, set(values))
    return TextNode(pair, values, store_as)


@register.simple_tag
def tx(value: object) -> str:
    """Print a Text or a ``{"zh", "en"}`` mapping in the reader's language, escaped."""
    return conditional_escape(say(value))


@register.filter
def recorded(value: object) -> str:
    """What a register or a person says, escaped: on an English page Chinese says that it is (WCAG 3.1.2)."""
    words = conditional_escape(say(value))
    if current_language() == "zh":
        return words
    return mark_safe(_HAN.sub(r'<span lang="zh-Hans">\g<0></span>', words))  # noqa: S308 - escaped above


register.filter("say", say)
register.filter("day", wording.day)
register.filter("moment", wording.moment)
register.filter("number", wording.number)
register.filter("money", wording.money)
register.filter("size", wording.size)
