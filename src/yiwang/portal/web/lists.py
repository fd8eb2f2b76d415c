"""Codes that people choose from a list instead of typing them."""

from __future__ import annotations

from dataclasses import replace

from yiwang.platform.web.controls import Control, Option


def choosable(control: Control) -> Control:
    """An industry is chosen from its sections and divisions; a finer code kept before stays choosable."""
    if control.kind != "industry":
        return control
    options = list(control.options)
    known = {option.value for option in options if isinstance(option, Option)}
    if isinstance(control.value, str) and control.value and control.value not in known:
        options.insert(0, Option(value=control.value, label=control.value))
    return replace(control, kind="choice", options=options)
