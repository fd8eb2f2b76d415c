"""What speaks to the reader: banners, warnings, panels, tags, clocks, empty lists, errors."""

from __future__ import annotations

from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from yiwang.kernel.text import Text
from yiwang.platform.web import wording
from yiwang.platform.web.components.reading import parts, read, words
from yiwang.platform.web.language import say

TONES = ("neutral", "info", "progress", "success", "warning", "danger")
_NOTICE_ICONS = {"info": "info", "success": "check", "warning": "warning", "danger": "error"}
_NOTICE_NAMES = {
    "info": Text("提示", "Notice"),
    "success": Text("成功", "Success"),
    "warning": Text("注意", "Caution"),
    "danger": Text("重要", "Important"),
}
_LEFT = Text("剩{span}", "{span} left")
_TODAY = Text("今日到期", "Due today")
_OVERDUE = Text("超期{span}", "{span} overdue")
_STOPPED = Text("计时停止", "Clock stopped")
_ON_TIME = Text("按时办结", "Closed on time")
_LATE = Text("超期{span}办结", "Closed {span} late")
_DUE = Text("{day}到期", "due {day}")


def notice(content: SafeString, text: object, en: object = "", *, kind: str = "info") -> str:
    """A banner with a title and free content; kinds info, success, warning, danger."""
    return render_to_string(
        "platform/components/notice.html",
        {
            "title": words(text, en),
            "kind": kind,
            "kind_name": say(_NOTICE_NAMES[kind]),
            "icon": _NOTICE_ICONS[kind],
            "alert": kind in {"success", "danger"},
            "content": content,
        },
    )


def panel(content: SafeString, text: object, en: object = "") -> str:
    """The outcome of an act, once on a page: its title is the page's first heading."""
    return render_to_string("platform/components/panel.html", {"title": words(text, en), "content": content})


def inset(content: SafeString) -> str:
    """A block set apart from the running text."""
    return render_to_string("platform/components/inset.html", {"content": content})


def details(content: SafeString, text: object, en: object = "", *, opened: bool = False) -> str:
    """Words that open on request."""
    return render_to_string(
        "platform/components/details.html", {"title": words(text, en), "opened": opened, "content": content}
    )


def empty(content: SafeString, text: object, en: object = "", *, icon: str = "inbox") -> str:
    """What stands where a list has nothing; the content says what can be done."""
    return render_to_string(
        "platform/components/empty.html", {"title": words(text, en), "icon": icon, "content": content}
    )


def warning(text: object, en: object = "") -> dict[str, object]:
    """One sentence that must not be missed: a consequence in law, a loss."""
    return {"text": words(text, en)}


def tag(text: object, en: object = "", *, tone: str = "neutral") -> dict[str, object]:
    """A state in a word; the colour follows the meaning and never stands alone."""
    if tone not in TONES:
        raise ValueError(f"tag: {tone!r} is no tone; known: {', '.join(TONES)}")
    return {"text": words(text, en), "tone": tone}


def _clock_sentence(state: str, left: int, unit: str) -> str:
    late = wording.span(-left, unit) if left < 0 else ""
    if state == "done":
        return say(_LATE.fill(span=late)) if late else say(_ON_TIME)
    if late:
        return say(_OVERDUE.fill(span=late))
    if left == 0 and unit.endswith("day"):
        return say(_TODAY)
    return say(_LEFT.fill(span=wording.span(left, unit)))


def clock(view: object) -> dict[str, object]:
    """The time left of a legal clock, from ``{state, light, left, unit, due}``.

    state: running, stopped or done; light: green, yellow or red; left: whole units, negative when late;
    unit: working_day (the default), day, working_hour, hour, working_minute, minute; due: a date, or nothing.
    """
    state = str(read(view, "state", "running"))
    left = read(view, "left", 0)
    assert isinstance(left, int)  # noqa: S101 - part of the contract above
    due = wording.day(read(view, "due", None))
    return {
        "state": state,
        "look": state if state in {"stopped", "done"} else str(read(view, "light", "green")),
        "icon": {"stopped": "pause", "done": "check"}.get(state, "clock"),
        "stopped": say(_STOPPED) if state == "stopped" else "",
        "sentence": _clock_sentence(state, left, str(read(view, "unit", "working_day"))),
        "due": say(_DUE.fill(day=due)) if due and state == "running" else "",
    }


def _form_errors(form: BaseForm) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for name, errors in form.errors.items():
        anchor = form[name].auto_id if name in form.fields else ""
        found.extend({"text": str(error), "href": f"#{anchor}" if anchor else ""} for error in errors)
    return found


def error_summary(errors: object = (), form: BaseForm | None = None) -> dict[str, object]:
    """What must be corrected, each with a link to its field: items ``{text, href}``, or a Django form."""
    items = [{"text": words(read(item, "text")), "href": read(item, "href")} for item in parts(errors)]
    return {"errors": items + (_form_errors(form) if form is not None else [])}
