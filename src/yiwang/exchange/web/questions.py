"""Questions that the pages of looks, grants and requests for access ask alike, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.http import HttpRequest

from yiwang.exchange.access import Terms
from yiwang.exchange.api import GRANTABLE
from yiwang.exchange.contracts import Question, ResourceField
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, sent_date, sent_day

_NOT_A_DAY = Text("请填写真实存在的日期", "give real dates")
_NOT_A_NUMBER = Text("每日次数应为正整数", "the day's quota is not a whole number")
_NEEDED = Text("需要的字段", "Fields you need")
_PURPOSE = Text("查询事由", "Purpose")
Refusal = Callable[[Text], YiwangError]


_ONLY_YES_OR_NO = Text("只答是否，不给数值", "Answered by yes or no, without the value")


def fields_question(
    request: HttpRequest,
    fields: Iterable[ResourceField],
    *,
    label: Text = _NEEDED,
    hint: Text | str = "",
    with_secrecy: bool = False,
    asked: Iterable[Question] = (),
) -> Control:
    """Which fields of a resource, and what may be ``asked`` of it by yes or no."""
    return Control(
        kind="choices",
        name="fields",
        label=label,
        hint=hint,
        compact=True,
        value=request.POST.getlist("fields"),
        options=[
            Option(value=field.name, label=field.title, hint=field.secrecy.words if with_secrecy else "")
            for field in fields
        ]
        + [Option(value=each.name, label=each.title, hint=_ONLY_YES_OR_NO) for each in asked],
    )


def purpose_question(request: HttpRequest, label: Text = _PURPOSE) -> Control:
    """What for, of the purposes that a grant may be given for."""
    return Control(
        kind="choice",
        name="purpose",
        label=label,
        value=request.POST.get("purpose") or "case",
        options=[Option(value=key, label=kind.title) for key, kind in GRANTABLE.items()],
    )


def key_question() -> Control:
    """By which number an entry is looked up; it is not put back into the page."""
    return Control(
        kind="text",
        name="key",
        label=Text("查询号码", "Number to look for"),
        hint=Text(
            "公民身份号码、统一社会信用代码或证照编号",
            "An identity number, a credit code or a licence number",
        ),
        autocomplete="off",
        max_length=200,
    )


def reference_question(request: HttpRequest) -> Control:
    """For which case or document."""
    return Control(
        kind="text",
        name="reference",
        label=Text("办件号或文号", "Case number or reference"),
        hint=Text("当事人会看到", "The person concerned will read it"),
        value=request.POST.get("reference", ""),
        required=False,
        max_length=80,
    )


def basis_questions(request: HttpRequest) -> list[Control]:
    """The legal basis of a grant in both languages."""
    return [
        Control(kind="text", name=name, label=label, value=request.POST.get(name, ""), max_length=300)
        for name, label in (
            ("basis_zh", Text("法律依据（中文）", "Legal basis in Chinese")),
            ("basis_en", Text("法律依据（英文）", "Legal basis in English")),
        )
    ]


def term_questions(
    request: HttpRequest, *, otherwise: tuple[date, date] | None = None, hint: Text | str = ""
) -> list[Control]:
    """From which day until which, at first the days ``otherwise``."""

    def value(name: str, place: int) -> object:
        if otherwise is not None and request.method != "POST":
            return otherwise[place]
        return sent_date(request.POST, name)

    since, until = Text("自", "From"), Text("至（含当日）", "Until (that day included)")
    return [
        Control(kind="date", name="valid_from", label=since, value=value("valid_from", 0)),
        Control(kind="date", name="valid_until", label=until, hint=hint, value=value("valid_until", 1)),
    ]


def quota_question(request: HttpRequest) -> Control:
    """How many looks a day."""
    return Control(
        kind="integer",
        name="quota",
        label=Text("每日查询次数上限", "Most looks a day"),
        hint=Text("不填则不限", "Leave empty for no limit"),
        value=request.POST.get("quota", ""),
        required=False,
    )


def read_terms(
    request: HttpRequest, refusal: Refusal, *, rows: Mapping[str, tuple[str, ...]] | None = None
) -> Terms:
    """What a grant would say, as typed into all these questions.

    Raises:
        the refusal: a day that there is not, or a quota that is no whole number.
    """
    sent = request.POST
    return Terms(
        fields=tuple(sent.getlist("fields")),
        purpose=sent.get("purpose", ""),
        legal_basis=Text(sent.get("basis_zh", "")[:300], sent.get("basis_en", "")[:300]),
        valid_from=_read_day(request, "valid_from", refusal),
        valid_until=_read_day(request, "valid_until", refusal),
        quota_per_day=_read_quota(request, refusal),
        rows=rows or {},
    )


def _read_day(request: HttpRequest, name: str, refusal: Refusal) -> date:
    day = sent_day(request.POST, name)
    if day is None:
        raise refusal(_NOT_A_DAY)
    return day


def _read_quota(request: HttpRequest, refusal: Refusal) -> int | None:
    typed = request.POST.get("quota", "").strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise refusal(_NOT_A_NUMBER)
    return int(typed)
