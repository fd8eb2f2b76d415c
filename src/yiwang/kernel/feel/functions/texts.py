"""Functions on text. Positions count from 1; a negative one counts from the end."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from yiwang.kernel.feel import errors
from yiwang.kernel.feel.functions.definition import define
from yiwang.kernel.feel.values import MAX_TEXT, FeelList, Run, Value
from yiwang.kernel.pattern import MAX_STEPS, Pattern, PatternRefused, PatternTooCostly, compile_pattern

_FAR = 10**9


@define("string length", "string: string")
def string_length(_run: Run, text: str) -> Value:
    return Decimal(len(text))


@define("substring", "string: string", "start position: number", "length: number?")
def substring(run: Run, text: str, position: Decimal, length: Decimal | None = None) -> Value:
    start = int(max(min(position, Decimal(_FAR)), Decimal(-_FAR)))
    if start == 0 or (length is not None and length < 1):
        return None
    begin = start - 1 if start > 0 else max(len(text) + start, 0)
    end = len(text) if length is None else begin + int(min(length, Decimal(_FAR)))
    return run.text(text[begin:end])


@define("upper case", "string: string")
def upper_case(run: Run, text: str) -> Value:
    return run.text(text.upper())


@define("lower case", "string: string")
def lower_case(run: Run, text: str) -> Value:
    return run.text(text.lower())


@define("substring before", "string: string", "match: string")
def substring_before(run: Run, text: str, match: str) -> Value:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return run.text(before) if found else ""


@define("substring after", "string: string", "match: string")
def substring_after(run: Run, text: str, match: str) -> Value:
    if not match:
        return text
    return run.text(text.partition(match)[2])


@define("contains", "string: string", "match: string")
def contains(_run: Run, text: str, match: str) -> Value:
    return match in text


@define("starts with", "string: string", "match: string")
def starts_with(_run: Run, text: str, match: str) -> Value:
    return text.startswith(match)


@define("ends with", "string: string", "match: string")
def ends_with(_run: Run, text: str, match: str) -> Value:
    return text.endswith(match)


@define("trim", "string: string")
def trim(run: Run, text: str) -> Value:
    return run.text(text.strip())


@define("string join", "list: list", "delimiter: string?")
def string_join(run: Run, members: FeelList, delimiter: str | None = None) -> Value:
    texts = [member for member in members if isinstance(member, str)]
    if len(texts) + sum(member is None for member in members) < len(members):
        return None
    total = sum(len(text) for text in texts) + len(delimiter or "") * len(texts)
    run.spend(total // 100)
    return run.text((delimiter or "").join(texts))


def _pattern(source: str, flags: str | None) -> Pattern | None:
    try:
        return compile_pattern(source, flags or "")
    except PatternRefused:
        return None


# Twenty of the machine's steps take about as long as one of the evaluation's.
_STEPS = 20


def _within(run: Run, work: Callable[[Pattern, list[int]], Value], pattern: Pattern | None) -> Value:
    if pattern is None:
        return None
    allowed = min(MAX_STEPS, max(run.left, 0) * _STEPS)
    budget = [allowed]
    try:
        made = work(pattern, budget)
    except PatternTooCostly:
        raise run.problem(errors.TOO_COSTLY) from None
    run.spend(1 + (allowed - budget[0]) // _STEPS)
    return made


@define("matches", "input: string", "pattern: string", "flags: string?")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    compiled = _pattern(pattern, flags)
    return _within(run, lambda found, budget: found.search(text, 0, budget) is not None, compiled)


@define("replace", "input: string", "pattern: string", "replacement: string", "flags: string?")
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    if (len(text) + 1) * (len(replacement) + 1) > 100 * MAX_TEXT:
        raise run.problem(errors.TOO_LARGE)
    compiled = _pattern(pattern, flags)
    made = _within(run, lambda found, budget: found.replace(text, replacement, budget), compiled)
    return run.text(made) if isinstance(made, str) else made


@define("split", "string: string", "delimiter: string")
def split(run: Run, text: str, delimiter: str) -> Value:
    compiled = _pattern(delimiter, None)
    return _within(run, lambda found, budget: FeelList(found.split(text, budget)), compiled)
