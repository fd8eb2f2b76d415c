"""Why somebody may look: the purposes, and each in a sentence that a citizen understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yiwang.exchange.contracts import Purpose
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeKind:
    """A purpose: its name in a choice, its sentence in a trace, whether it must refer to something."""

    title: Text
    sentence: Text
    needs_reference: bool
    #: Whether a grant may be given for it; the others follow from the law or from being oneself.
    grantable: bool = True


PURPOSES: dict[str, PurposeKind] = {
    "case": PurposeKind(
        title=Text("办理办件", "Handling a case"),
        sentence=Text("办理办件 {reference}", "To handle the case {reference}"),
        needs_reference=True,
    ),
    "supervision": PurposeKind(
        title=Text("行政监督检查", "Supervision and inspection"),
        sentence=Text("开展监督检查（{reference}）", "For a supervision or inspection ({reference})"),
        needs_reference=True,
    ),
    "enforcement": PurposeKind(
        title=Text("行政执法", "Enforcement"),
        sentence=Text("办理执法案件 {reference}", "For the enforcement case {reference}"),
        needs_reference=True,
    ),
    "statistics": PurposeKind(
        title=Text("统计汇总", "Statistics"),
        sentence=Text("统计汇总", "For statistics"),
        needs_reference=False,
    ),
    "own_application": PurposeKind(
        title=Text("本人办事调取", "One's own application"),
        sentence=Text(
            "您本人办事时调取，用于填写申请", "You asked for it yourself, to fill in an application"
        ),
        needs_reference=False,
        grantable=False,
    ),
    "emergency": PurposeKind(
        title=Text("紧急情况", "Emergency"),
        sentence=Text(
            "紧急情况（{reference}），未经授权先行查看，事后须由他人审查",
            "In an emergency ({reference}), before any grant; somebody else has to review it",
        ),
        needs_reference=True,
        grantable=False,
    ),
    "own_duty": PurposeKind(
        title=Text("登记管理", "Keeping the register"),
        sentence=Text("登记单位日常管理：{reference}", "The office that keeps the register: {reference}"),
        needs_reference=True,
        grantable=False,
    ),
}
#: What a grant may be given for.
GRANTABLE = {key: kind for key, kind in PURPOSES.items() if kind.grantable}
_REFERENCE = re.compile(r"[\w\u3400-\u9fff][\w\u3400-\u9fff ,，。、（）()〔〕./:-]{0,79}")
#: A number of this form would be somebody's identity number: a purpose must not carry one.
_IDENTITY = re.compile(r"[0-9]{17}[0-9Xx]|[0-9]{15}")


def is_sound(purpose: Purpose) -> bool:
    """Whether the purpose is known and refers to something where it must, but to no identity number."""
    kind = PURPOSES.get(purpose.kind)
    if kind is None:
        return False
    if not purpose.reference:
        return not kind.needs_reference
    return bool(_REFERENCE.fullmatch(purpose.reference)) and not _IDENTITY.search(purpose.reference)


def purpose_text(purpose: Purpose) -> Text:
    """The purpose as a sentence in both languages."""
    kind = PURPOSES.get(purpose.kind)
    if kind is None:
        return Text(purpose.kind, purpose.kind)
    return kind.sentence.fill(reference=purpose.reference)
