"""What the title of a page says first when the form on it was refused.

Who reads by ear hears the title before all else, and must hear there that the page is the same form again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.forms import BaseForm

from yiwang.kernel.text import Text
from yiwang.platform.web.components.questions import errors_of
from yiwang.platform.web.components.reading import parts, read
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say

_ERROR = Text("有误：", "Error: ")


def title_error(context: Mapping[str, object]) -> str:
    """``有误：`` / ``Error: `` where this page tells of errors, else nothing."""
    return say(_ERROR) if _is_refused(context) else ""


def _is_refused(context: Mapping[str, object]) -> bool:
    """By the names under which pages hand over their errors, forms, controls and trials."""
    told = [context.get(name) for name in ("errors", "error", "problem", "missed")]
    told.append(read(context.get("tried"), "errors"))
    form = context.get("form")
    if any(told) or (isinstance(form, BaseForm) and form.errors):
        return True
    return any(errors_of(_controls(context.get(name))) for name in ("controls", "everything", "control"))


def _controls(source: object) -> Sequence[Control]:
    each = [source] if isinstance(source, Control) else parts(source)
    return [control for control in each if isinstance(control, Control)]
