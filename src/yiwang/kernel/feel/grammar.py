"""The grammar of FEEL (DMN 1.3, chapter 10.3) for lark's LALR parser.

Differences from the standard, each on purpose: a variable's name holds no spaces (a function's may);
comparisons don't chain, because ``1 < x < 5`` would quietly be null.
"""

from __future__ import annotations

import re

SPACED_FUNCTIONS = (
    "string length", "substring before", "substring after", "upper case", "lower case", "starts with",
    "ends with", "string join", "date and time", "years and months duration", "list contains",
    "insert before", "index of", "distinct values", "get value", "get entries", "context put",
    "context merge", "round up", "round down", "round half up", "round half down", "day of week",
    "day of year", "month of year", "week of year", "list replace",
)  # fmt: skip

SPACED_TYPES = ("date and time", "days and time duration", "years and months duration")


def _either(names: tuple[str, ...]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)


GRAMMAR = rf"""
expression_start: expression
unary_start: "-" -> irrelevant
    | NOT "(" tests ")" -> negated
    | tests -> positive

tests: test ("," test)*
?test: COMPARE addition -> compare_test
    | expression

?expression: conjunction
    | conjunction ("or" conjunction)+ -> either
?conjunction: comparison
    | comparison ("and" comparison)+ -> both
?comparison: addition
    | addition COMPARE addition -> compare
    | addition "between" addition "and" addition -> between
    | addition "in" addition -> in_value
    | addition "in" COMPARE addition -> in_compare
    | addition "instance" "of" type -> instance
?addition: multiplication
    | addition (PLUS|MINUS) multiplication -> arithmetic
?multiplication: power
    | multiplication (STAR|SLASH) power -> arithmetic
?power: unary
    | power POWER unary -> arithmetic
?unary: postfix
    | MINUS unary -> negation
    | "if" expression "then" expression "else" expression -> if_then_else
    | "for" bindings "return" expression -> for_return
    | "some" bindings "satisfies" expression -> some
    | "every" bindings "satisfies" expression -> every
    | "function" "(" [parameters] ")" expression -> function_literal
?postfix: primary
    | postfix "." NAME -> path
    | postfix "[" expression "]" -> filter
    | postfix "(" [arguments] ")" -> call
    | SPACED_NAME "(" [arguments] ")" -> call_spaced

?primary: NUMBER -> number
    | STRING -> string
    | "null" -> null
    | "true" -> true
    | "false" -> false
    | "@" STRING -> at_literal
    | NAME -> name
    | "?" -> input
    | "(" tests ")" -> group
    | EMPTY_LIST -> empty_list
    | "[" expression ("," expression)* "]" -> list
    | RANGE_OPEN expression ".." expression range_close -> range
    | "[" expression ".." expression range_close -> range_closed
    | "(" expression ".." expression range_close -> range_open
    | "{{" [entry ("," entry)*] "}}" -> context

range_close: "]" -> closed
    | ")" -> open
    | RANGE_CLOSE -> open
bindings: binding ("," binding)*
binding: NAME "in" expression [".." expression]
parameters: parameter ("," parameter)*
parameter: NAME
    | KEY ":" type
arguments: expression ("," expression)* -> positional
    | named ("," named)* -> by_name
named: KEY ":" expression
entry: (KEY|STRING) ":" expression
type: SPACED_TYPE
    | NAME ["<" type ">"]

NOT: "not"
COMPARE: "<=" | ">=" | "!=" | "=" | "<" | ">"
PLUS: "+"
MINUS: "-"
STAR: "*"
SLASH: "/"
POWER.2: "**"
NUMBER: /[0-9]+(\.[0-9]+)?|\.[0-9]+/
STRING: /"(?:[^"\\]|\\.)*"/s
NAME: /[^\W\d]\w*/
KEY.3: /[^\W\d]\w*(?:[ \t]+\w+){{0,5}}(?=\s*:)/
SPACED_NAME.4: /(?:{_either(SPACED_FUNCTIONS)})(?=\s*\()/
SPACED_TYPE.4: /(?:{_either(SPACED_TYPES)})\b/
EMPTY_LIST.2: /\[\s*\]/
RANGE_OPEN: /\]/
RANGE_CLOSE.2: /\[(?=\s*(?:\Z|[,)\]}}=<>!]|(?:and|or|then|else|return|satisfies)\b))/
COMMENT: /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//
SPACE: /\s+/
%ignore COMMENT
%ignore SPACE
"""
