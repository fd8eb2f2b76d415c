"""Functions on contexts, and conversions to text and number."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from yiwang.kernel.feel import written
from yiwang.kernel.feel.functions.definition import define
from yiwang.kernel.feel.values import ARITHMETIC, FeelList, Run, Value, adapt

Context = dict[str, Value]


@define("get value", "m: context", "key: string")
def get_value(run: Run, context: Context, key: str) -> Value:
    return adapt(context.get(key), run)


@define("get entries", "m: context")
def get_entries(run: Run, context: Context) -> Value:
    run.spend(1 + len(context))
    return FeelList({"key": key, "value": adapt(value, run)} for key, value in context.items())


@define("context put", "context: context", "key: string", "value: any")
def context_put(run: Run, context: Context, key: str, value: Value) -> Value:
    run.spend(1 + len(context) // 8)
    return {**context, key: value}


@define("context merge", "contexts: list")
def context_merge(run: Run, contexts: FeelList) -> Value:
    made: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        run.spend(1 + len(context) // 8)
        made.update(context)
    return made


@define("context", "entries: list")
def context_of(run: Run, entries: FeelList) -> Value:
    made: Context = {}
    run.spend(len(entries))
    for entry in entries:
        if not isinstance(entry, dict):
            return None
        key = adapt(entry.get("key"), run)
        if not isinstance(key, str) or key in made or "value" not in entry:
            return None
        made[key] = adapt(entry["value"], run)
    return made


@define("string", "from: any")
def string(run: Run, given: Value) -> Value:
    if given is None or isinstance(given, str):
        return given
    return written.write(given, run)


@define("number", "from: any", "grouping separator: string?", "decimal separator: string?")
def number(_run: Run, given: Value, grouping: str | None = None, point: str | None = None) -> Value:
    if isinstance(given, Decimal):
        return given
    if not isinstance(given, str) or len(given) > 100 or not given.isascii():
        return None
    if grouping not in (None, " ", ",", ".") or point not in (None, ".", ",") or grouping == (point or "."):
        return None
    digits = given.replace(grouping, "") if grouping else given
    digits = digits.replace(point, ".") if point else digits
    if "_" in digits or not digits[-1:].isdigit():
        return None
    try:
        read = ARITHMETIC.plus(Decimal(digits))
    except InvalidOperation:
        return None
    return read if read.is_finite() else None
