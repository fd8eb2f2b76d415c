"""What the law or the process does not permit, in words that say what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import Conflict, NotAllowed, NotFound, RuleViolation
from yiwang.kernel.text import Text


@dataclass(eq=False)
class CaseNotFound(NotFound):
    """No such case, or not for this reader; the two look alike on purpose."""

    text: ClassVar[Text] = Text("找不到这个办件。", "There is no such case.")


@dataclass(eq=False)
class TaskNotFound(NotFound):
    """No such task, or not for this reader."""

    text: ClassVar[Text] = Text("找不到这项待办。", "There is no such task.")


@dataclass(eq=False)
class CaseTypeNotFound(NotFound):
    """No service item of this code is applied."""

    type_code: str
    text: ClassVar[Text] = Text("没有编码为“{type_code}”的事项。", "There is no service “{type_code}”.")


@dataclass(eq=False)
class ThingNotFound(NotFound):
    """A draft, notice, licence, appointment or message that is not there or not for this reader."""

    thing: Text
    text: ClassVar[Text] = Text("找不到{thing}。", "{thing} could not be found.")


@dataclass(eq=False)
class LicenceNotFound(NotFound):
    """No licence bears this number or code."""

    text: ClassVar[Text] = Text("没有查到这份证照。", "No such licence is known.")


@dataclass(eq=False)
class ActNotOpen(RuleViolation):
    """The act is not offered to this officer in this case as it stands."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}目前不能进行这项操作。", "This cannot be done in case {number} as it stands now."
    )


@dataclass(eq=False)
class ChangeOutdated(Conflict):
    """The entry has changed since its change was asked for; nothing was changed."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}提出之后，该登记项已有变动。请先核对现值，再重新决定。",
        "The entry has changed since case {number} was opened. Look at its present values, then decide anew.",
    )


@dataclass(eq=False)
class NotOnline(RuleViolation):
    """The item is a guide: the city tells how it is done but does not do it here yet."""

    type_code: str
    text: ClassVar[Text] = Text(
        "该事项目前只提供办事指南，不能在本平台申办。",
        "This service has only a guide; it cannot be applied for here yet.",
    )


@dataclass(eq=False)
class ChannelNotOffered(RuleViolation):
    """The item is not taken through this channel."""

    channel: str
    text: ClassVar[Text] = Text(
        "该事项不能通过此渠道申办（{channel}）。", "This service is not offered by this channel ({channel})."
    )


@dataclass(eq=False)
class ApplicantNotOfKind(RuleViolation):
    """The item is not for this kind of applicant."""

    kind: str
    text: ClassVar[Text] = Text(
        "该事项不面向此类申请人（{kind}）。", "This service is not for this kind of applicant ({kind})."
    )


@dataclass(eq=False)
class CaseMovedOn(Conflict):
    """Somebody else acted after this page was shown."""

    number: str
    expected: int
    found: int
    text: ClassVar[Text] = Text(
        "办件{number}刚刚被其他人办理过，请刷新后再办。",
        "Somebody else has just acted on case {number}. Reload and look again.",
    )


@dataclass(eq=False)
class CaseEnded(RuleViolation):
    """The case has ended; nothing more can be done in it."""

    number: str
    phase: str
    text: ClassVar[Text] = Text("办件{number}已经结束（{phase}）。", "Case {number} has ended ({phase}).")


@dataclass(eq=False)
class WrongPhase(RuleViolation):
    """The act does not fit where the case stands."""

    number: str
    phase: str
    text: ClassVar[Text] = Text(
        "办件{number}目前的状态（{phase}）不能办理此操作。",
        "Case {number} cannot take this step in its present state ({phase}).",
    )


@dataclass(eq=False)
class TaskEnded(RuleViolation):
    """The task was done or withdrawn."""

    state: str
    text: ClassVar[Text] = Text("这项待办已经结束（{state}）。", "This task has ended ({state}).")


@dataclass(eq=False)
class TaskTaken(Conflict):
    """A colleague holds the task."""

    text: ClassVar[Text] = Text("这项待办已由同事签收。", "A colleague has taken this task.")


@dataclass(eq=False)
class TaskNotHeld(RuleViolation):
    """Only who holds the task may give it back."""

    text: ClassVar[Text] = Text("您没有签收这项待办。", "You do not hold this task.")


@dataclass(eq=False)
class RoleMissing(NotAllowed):
    """The step is for another role."""

    role: str
    text: ClassVar[Text] = Text("此环节须由“{role}”岗位办理。", "This step is for the role “{role}”.")


@dataclass(eq=False)
class OutcomeNotOffered(RuleViolation):
    """The step does not know this outcome."""

    outcome: str
    offered: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "此环节没有“{outcome}”这个结果；可选：{offered}。",
        "This step has no outcome “{outcome}”; it offers: {offered}.",
    )


@dataclass(eq=False)
class GroundsMissing(RuleViolation):
    """A refusal says why, a conditional approval says under which conditions (Licensing Law Art. 38)."""

    outcome: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "选择“{outcome}”时须写明理由或者条件。", "“{outcome}” needs grounds or conditions in writing."
    )


@dataclass(eq=False)
class EnoughToday(RuleViolation):
    """The item takes so many applications a day from one person or firm."""

    most: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "本事项每人每天最多提交{most}件，请明天再来。",
        "Nobody may send more than {most} of these a day. Please come back tomorrow.",
    )


@dataclass(eq=False)
class StepNotReturnable(RuleViolation):
    """Work can only go back to a step that was done before."""

    node: str
    text: ClassVar[Text] = Text("不能退回到环节“{node}”。", "Work cannot go back to the step “{node}”.")


@dataclass(eq=False)
class SupplementAlreadyAsked(RuleViolation):
    """Corrections are asked once, all of them (Administrative Licensing Law Art. 32)."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}已经一次性告知过补正内容，不能再次要求补正。",
        "Corrections to case {number} were asked for already; the law allows one notice.",
    )


@dataclass(eq=False)
class SupplementFromDepartment(RuleViolation):
    """The applicant is an organisation of the city: it is asked directly, or the request is refused."""

    number: str
    text: ClassVar[Text] = Text(
        "办件 {number} 由部门提出，不适用补正程序，请直接联系或不予同意。",
        "Case {number} was asked for by a department: ask it directly, or refuse.",
    )


@dataclass(eq=False)
class SupplementTooLate(RuleViolation):
    """The law gives the notice of corrections a time (Order 711 of 2019, Art. 30), which is over."""

    number: str
    until: str
    text: ClassVar[Text] = Text(
        "办件{number}的补正告知期限已于{until}届满，不能再要求补正。",
        "Corrections to case {number} could be asked for until {until}; that time is over.",
    )


@dataclass(eq=False)
class ResultNotFit(RuleViolation):
    """What was found in the case leads to another result than the one that is being decided."""

    number: str
    result: str
    verdict: str
    text: ClassVar[Text] = Text(
        "办件{number}的审查结论（{result}）与决定（{verdict}）不一致，请退回重新审查。",
        "What was found in case {number} ({result}) does not fit the decision ({verdict}); send it back.",
    )


@dataclass(eq=False)
class SupplementNotOpen(RuleViolation):
    """There is nothing to correct, or it was answered or lapsed."""

    number: str
    text: ClassVar[Text] = Text("办件{number}没有待补正的内容。", "Case {number} has no corrections waiting.")


@dataclass(eq=False)
class NotInSupplement(RuleViolation):
    """Only what the notice names may be changed."""

    path: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "“{path}”不在补正通知列明的范围内，不能修改。",
        "“{path}” is not in the notice of corrections and cannot be changed.",
    )


@dataclass(eq=False)
class GroundNotDeclared(RuleViolation):
    """The law of this item does not name this ground for stopping the clock."""

    ground: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "该事项没有规定“{ground}”可以停止计时。",
        "This service declares no ground “{ground}” to stop its clock.",
    )


@dataclass(eq=False)
class StopTooLong(RuleViolation):
    """Longer than the item's rule allows."""

    asked: int
    most: int
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "最长可以停止{most}日，申请了{asked}日。",
        "The clock may stand for {most} days at most; {asked} were asked.",
    )


@dataclass(eq=False)
class ClockAlreadyStopped(RuleViolation):
    """The clock stands still on this ground already."""

    ground: str
    text: ClassVar[Text] = Text("已经因“{ground}”停止计时。", "The clock is already stopped for “{ground}”.")


@dataclass(eq=False)
class ClockNotStopped(RuleViolation):
    """No stop on this ground is open."""

    ground: str
    text: ClassVar[Text] = Text("没有因“{ground}”停止计时。", "The clock is not stopped for “{ground}”.")


@dataclass(eq=False)
class ExtensionNotDeclared(RuleViolation):
    """The law of this item knows no extension, or the case has no limit that runs."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}不能延期。", "The time limit of case {number} cannot be extended."
    )


@dataclass(eq=False)
class ExtensionTooLong(RuleViolation):
    """More than the law gives."""

    asked: int
    most: int
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "最多可以延长{most}日，申请了{asked}日。", "At most {most} days more are allowed; {asked} were asked."
    )


@dataclass(eq=False)
class ExtensionAlreadyUsed(RuleViolation):
    """One extension a case (Administrative Licensing Law Art. 42)."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}已经申请过延期。", "An extension of case {number} was already asked for."
    )


@dataclass(eq=False)
class ExtensionNotAsked(RuleViolation):
    """Nothing is waiting for approval."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}没有待批准的延期申请。", "Case {number} has no extension waiting for approval."
    )


@dataclass(eq=False)
class SameOfficer(RuleViolation):
    """Who asked or wrote may not approve."""

    text: ClassVar[Text] = Text(
        "提出的人与批准、审核的人不能是同一人。", "Whoever asked or wrote cannot approve."
    )


@dataclass(eq=False)
class DepartmentAlreadyAsked(RuleViolation):
    """The department takes part already."""

    organisation: str
    text: ClassVar[Text] = Text(
        "“{organisation}”已经在征求意见的部门之列。", "“{organisation}” is already taking part."
    )


@dataclass(eq=False)
class DepartmentNotAsked(RuleViolation):
    """The department takes no part, or has answered."""

    organisation: str
    text: ClassVar[Text] = Text(
        "“{organisation}”不在待答复的部门之列。", "“{organisation}” has no answer outstanding here."
    )


@dataclass(eq=False)
class NoJointStep(RuleViolation):
    """No step is open that many departments answer."""

    number: str
    text: ClassVar[Text] = Text("办件{number}目前没有并联环节。", "Case {number} has no joint step open.")


@dataclass(eq=False)
class AlreadyDecided(RuleViolation):
    """A case is decided once."""

    number: str
    text: ClassVar[Text] = Text("办件{number}已经作出决定。", "Case {number} has already been decided.")


@dataclass(eq=False)
class NotDecided(RuleViolation):
    """There is no decision yet, or it refuses."""

    number: str
    text: ClassVar[Text] = Text(
        "办件{number}尚未作出准予的决定。", "Case {number} has no decision that grants."
    )


@dataclass(eq=False)
class LicenceNotValid(RuleViolation):
    """The licence was revoked or replaced."""

    number: str
    text: ClassVar[Text] = Text("证照{number}已经失效。", "Licence {number} is no longer valid.")


@dataclass(eq=False)
class AlreadyRated(RuleViolation):
    """One rating a handling."""

    text: ClassVar[Text] = Text("您已经评价过这个办件。", "You have already rated this case.")


@dataclass(eq=False)
class NotYetRateable(RuleViolation):
    """A case is rated when it has ended."""

    text: ClassVar[Text] = Text("办件办结后才能评价。", "A case can be rated when it has ended.")


@dataclass(eq=False)
class NoticeClosed(RuleViolation):
    """The notice was closed by who opened it."""

    text: ClassVar[Text] = Text("这份督办已经办结。", "This notice has been closed.")


@dataclass(eq=False)
class DraftMovedOn(Conflict):
    """The draft was saved elsewhere, for instance in another window."""

    text: ClassVar[Text] = Text(
        "这份草稿在别处保存过，请刷新后继续填写。",
        "This draft was saved somewhere else. Reload before you go on.",
    )


@dataclass(eq=False)
class SlotFull(RuleViolation):
    """No place left at that time."""

    text: ClassVar[Text] = Text(
        "这个时段已经约满，请另选时间。", "This time is fully booked. Please choose another."
    )


@dataclass(eq=False)
class BookingsExhausted(RuleViolation):
    """An account holds as many appointments as one may."""

    most: int
    text: ClassVar[Text] = Text(
        "您已有{most}个未办理的预约，请先办理或取消其中一个。",
        "You hold {most} appointments already. Keep or cancel one of them first.",
    )


@dataclass(eq=False)
class AppointmentEnded(RuleViolation):
    """The appointment was finished, missed or cancelled."""

    text: ClassVar[Text] = Text("这个预约已经结束。", "This appointment has ended.")


@dataclass(eq=False)
class ProcessStuck(RuleViolation):
    """The process cannot go on with these data: a fault of the pack, nothing was changed."""

    node: str
    reason: str
    status: ClassVar[int] = 500
    text: ClassVar[Text] = Text(
        "流程定义有误，环节“{node}”无法继续（{reason}），未作任何更改。",
        "The process cannot go on at “{node}” ({reason}); nothing was changed.",
    )
