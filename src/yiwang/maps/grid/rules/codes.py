"""Codes made of parts of fixed lengths, the last of which counts (CJ/T 213, CJ/T 214, GB/T 30428)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def is_formed(code: str, parts: Sequence[int]) -> bool:
    """Whether a code has the digits that its parts want, and counts from one."""
    return len(code) == sum(parts) and code.isascii() and code.isdigit() and int(code[-parts[-1] :]) > 0


def parent_of(code: str, parts: Sequence[int]) -> str:
    """The code without its sequence number."""
    return code[: -parts[-1]]


def missing_numbers(codes: Iterable[str], parts: Sequence[int]) -> list[str]:
    """Codes that are jumped over: each parent's cells are numbered from one without a hole."""
    highest: dict[str, int] = {}
    present = set(codes)
    for code in present:
        parent = parent_of(code, parts)
        highest[parent] = max(highest.get(parent, 0), int(code[-parts[-1] :]))
    expected = (
        f"{parent}{number:0{parts[-1]}d}"
        for parent, most in sorted(highest.items())
        for number in range(1, most + 1)
    )
    return [code for code in expected if code not in present]
