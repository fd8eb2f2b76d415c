"""Lines of the log as sentences for people."""

from __future__ import annotations

from collections.abc import Callable

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.views import EventView
from yiwang.cases.contracts.words import OUTCOME_TEXTS, PHASE_TEXTS, RATING_TEXTS, STOP_TEXTS, Verdict
from yiwang.cases.models import CaseEvent
from yiwang.cases.queries.types import type_version
from yiwang.exchange.api import get_resource
from yiwang.exchange.contracts import ResourceNotFound
from yiwang.identity.api import find_organisation
from yiwang.kernel.text import Text
from yiwang.registers.api import get_register
from yiwang.registers.contracts import RegisterNotFound

SENTENCES = {
    "opened": Text("收到申请", "Application received"),
    "accepted": Text("予以受理，开始计时", "Accepted; the time limits begin"),
    "task_claimed": Text("签收“{node}”", "Took “{node}”"),
    "task_released": Text("退回“{node}”待签收", "Gave “{node}” back"),
    "task_transferred": Text("将“{node}”转至{to}：{reason}", "Transferred “{node}” to {to}: {reason}"),
    "task_completed": Text("完成“{node}”：{outcome}", "Completed “{node}”: {outcome}"),
    "case_routed": Text("交由{to}办理", "Passed to {to}"),
    "findings_kept": Text("“{node}”的审查结论已记入", "What “{node}” found was recorded"),
    "returned": Text("由“{node}”退回“{to}”：{reason}", "Returned from “{node}” to “{to}”: {reason}"),
    "decided": Text("作出决定：{outcome}", "Decided: {outcome}"),
    "licence_issued": Text("颁发证照{licence}", "Issued licence {licence}"),
    "licence_revoked": Text("撤销证照{licence}：{reason}", "Revoked licence {licence}: {reason}"),
    "licence_replaced": Text("换发证照{licence}", "Replaced licence {licence}"),
    "entered_in_register": Text("记入登记簿“{register}”", "Entered in the register “{register}”"),
    "amended_in_register": Text("变更登记簿“{register}”的登记项", "Amended in the register “{register}”"),
    "retired_in_register": Text("注销登记簿“{register}”的登记项", "Retired in the register “{register}”"),
    "change_renewed": Text(
        "核对登记簿“{register}”的现值，按第{version}版继续",
        "Looked at the present values in “{register}”; goes on from version {version}",
    ),
    "prefilled": Text("调取“{resource}”的登记信息", "Took in what “{resource}” says"),
    "terms_narrowed": Text(
        "核减共享条件：{fields}，至{until}", "Narrowed the terms: {fields}, until {until}"
    ),
    "grant_issued": Text("授予共享授权第{grant}号", "Gave grant {grant} for shared data"),
    "ended": Text("办件结束：{phase}", "The case ended: {phase}"),
    "withdrawn": Text("申请人撤回申请：{reason}", "The applicant withdrew: {reason}"),
    "supplement_requested": Text("一次性告知补正{items}项内容", "Asked for {items} corrections"),
    "supplement_answered": Text("申请人已补正", "The applicant answered the corrections"),
    "supplement_lapsed": Text("逾期未补正", "Not corrected in time"),
    "clock_stopped": Text("停止计时：{ground}", "Clock stopped: {ground}"),
    "clock_resumed": Text("恢复计时：{ground}结束", "Clock resumed: {ground} ended"),
    "extension_asked": Text("申请延长{days}日：{reason}", "Asked for {days} more days: {reason}"),
    "extension_granted": Text("批准延长{days}日", "Granted {days} more days"),
    "extension_refused": Text("不批准延长期限", "More time refused"),
    "department_added": Text("增加会办部门{organisation}", "Added {organisation}"),
    "department_removed": Text("减少会办部门{organisation}", "Removed {organisation}"),
    "timer_fired": Text("“{node}”到时", "Time came for “{node}”"),
    "signalled": Text("“{node}”的事项已到", "What “{node}” waited for has come"),
    "silence": Text("逾期未作决定，依法视为{outcome}", "Silence past the limit counts by law as: {outcome}"),
    "warned": Text("时限预警", "Warned that the limit is near"),
    "card_issued": Text("发出{level}", "{level} issued"),
    "notice_opened": Text("向{to}发出督办", "Notice to {to}"),
    "notice_replied": Text("答复督办", "Answered the notice"),
    "notice_closed": Text("督办办结", "Notice closed"),
    "message_sent": Text("发送留言", "Wrote a message"),
    "rated": Text("评价：{level}", "Rated: {level}"),
    "rating_replied": Text("答复评价", "Answered the rating"),
    "letter_made": Text("制发文书", "Issued a letter"),
}
_SIGNED = Text("签发", "Signed")
_CARDS = {"yellow": Text("黄牌", "Yellow card"), "red": Text("红牌", "Red card")}
# What the applicant and the public follow; the inner life of the office is not theirs.
PUBLIC_ACTS = frozenset(
    {
        "opened",
        "accepted",
        "task_completed",
        "case_routed",
        "decided",
        "licence_issued",
        "ended",
        "withdrawn",
        "supplement_requested",
        "supplement_answered",
        "supplement_lapsed",
        "clock_stopped",
        "clock_resumed",
        "extension_granted",
        "silence",
    }
)


def event_view(row: CaseEvent, *, names: bool = True) -> EventView:
    """One line; ``row`` comes with its case. Without ``names`` officers stay behind their organisation."""
    kind = type_version(row.case.type_version_id)
    detail = dict(row.detail)
    return EventView(
        id=row.pk,
        at=row.at,
        act=row.act,
        sentence=_sentence(row.act, detail, kind),
        actor_kind=row.actor_kind,
        actor_name=row.actor_name if names else "",
        organisation=row.organisation,
        delegated_by=row.delegated_by if names else None,
        detail=detail if names else {},
        leaf=row.leaf,
        case_number=row.case.number,
    )


def _sentence(act: str, detail: dict[str, object], kind: AppliedType) -> Text:
    pattern = SENTENCES.get(act, Text(act, act))
    shown = {key: _shown(key, value, act, kind) for key, value in detail.items()}
    result = kind.result_title(str(detail.get("result", "")))
    if result is not None:
        shown["outcome"] = result
    elif act == "task_completed" and kind.definition.results and detail.get("outcome") in set(Verdict):
        shown["outcome"] = _SIGNED
    return Text(
        pattern.zh.format_map(_Known({key: text.zh for key, text in shown.items()})),
        pattern.en.format_map(_Known({key: text.en for key, text in shown.items()})),
    )


class _Known(dict[str, str]):
    """Lines of earlier releases may lack a value; the sentence is then shorter, never missing."""

    def __missing__(self, key: str) -> str:
        return ""


def _shown(key: str, value: object, act: str, kind: AppliedType) -> Text:
    said = str(value) if value is not None else ""
    words: dict[str, Callable[[], Text]] = {
        "node": lambda: kind.step(said),
        "outcome": lambda: _word(OUTCOME_TEXTS, said),
        "phase": lambda: _word(PHASE_TEXTS, said),
        "ground": lambda: _word(STOP_TEXTS, said),
        "organisation": lambda: organisation_name(said),
        "register": lambda: register_title(said),
        "resource": lambda: resource_title(said),
        "to": lambda: kind.step(said) if act == "returned" else organisation_name(said),
        "level": lambda: _CARDS.get(said) or RATING_TEXTS.get(int(said), Text(said, said)),
    }
    found = words.get(key)
    return found() if found is not None and said else Text(said, said)


def _word(texts: dict, value: str) -> Text:  # type: ignore[type-arg]  # enums of several kinds
    found = texts.get(value)
    return found if isinstance(found, Text) else Text(value, value)


def register_title(code: str) -> Text:
    """The title of a register; its code if the city no longer keeps it."""
    try:
        return get_register(code).title
    except RegisterNotFound:
        return Text(code, code)


def resource_title(code: str) -> Text:
    """The title of a resource; its code if it is no longer in the catalogue."""
    try:
        return get_resource(code).title
    except ResourceNotFound:
        return Text(code, code)


def organisation_name(code: str) -> Text:
    """The short name of an organisation; its code if the city no longer knows it."""
    found = find_organisation(code)
    return found.short_name if found is not None else Text(code, code)
