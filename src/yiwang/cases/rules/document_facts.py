"""How a fact stands on a licence: figures grouped, days and industries in words.

The document is Chinese, as the law wants it, so a fact has one wording.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from yiwang.cases.rules.forms import wording
from yiwang.kernel.industries import industries


def fact_on_document(value: object, shown: str) -> str:
    """``8600000`` as ``8,600,000``, ``2026-03-02`` as ``2026年3月2日``, ``C30`` as the name of the industry.

    What is not of its kind (an answer left out, a code of an older edition) stays as it was answered.
    """
    if value is None or value == "":
        return ""
    text = str(value)
    match shown:
        case "number":
            return _grouped(text)
        case "date":
            return _day(text)
        case "industry":
            name = industries().get(text)
            return text if name is None else name.zh
        case _:
            return text


def _grouped(text: str) -> str:
    try:
        return f"{Decimal(text):,f}"
    except InvalidOperation:
        return text


def _day(text: str) -> str:
    try:
        return wording.day(text).zh
    except ValueError:
        return text
