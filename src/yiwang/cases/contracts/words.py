"""The words of a case: phases, states, kinds. Their texts for people stand beside them."""

from __future__ import annotations

from enum import StrEnum

from yiwang.kernel.text import Text


class ApplicantKind(StrEnum):
    """Who asks."""

    PERSON = "person"
    LEGAL_ENTITY = "legal_entity"
    ANONYMOUS = "anonymous"
    #: Another department of the city, or the city itself.
    ORGANISATION = "organisation"


class Channel(StrEnum):
    """How the application came."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class Phase(StrEnum):
    """Where a case stands in law."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    SUPPLEMENT = "supplement"
    STOPPED = "stopped"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFUSED_ACCEPTANCE = "refused_acceptance"
    LAPSED = "lapsed"


PHASE_TEXTS = {
    Phase.RECEIVED: Text("已收件", "Received"),
    Phase.ACCEPTED: Text("已受理", "Accepted"),
    Phase.IN_REVIEW: Text("审查中", "Under review"),
    Phase.SUPPLEMENT: Text("待补正", "Waiting for corrections"),
    Phase.STOPPED: Text("特别程序中", "Special procedure"),
    Phase.DECIDED: Text("已决定", "Decided"),
    Phase.CLOSED: Text("已办结", "Closed"),
    Phase.WITHDRAWN: Text("已撤回", "Withdrawn"),
    Phase.REFUSED_ACCEPTANCE: Text("不予受理", "Not accepted"),
    Phase.LAPSED: Text("逾期未补正，已终止", "Lapsed"),
}
OPEN_PHASES = frozenset(
    {Phase.RECEIVED, Phase.ACCEPTED, Phase.IN_REVIEW, Phase.SUPPLEMENT, Phase.STOPPED, Phase.DECIDED}
)
ENDED_PHASES = frozenset(Phase) - OPEN_PHASES


class TokenState(StrEnum):
    """Of a process token."""

    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"


class TaskState(StrEnum):
    """Of a human task."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    CANCELLED = "cancelled"


TASK_STATE_TEXTS = {
    TaskState.OPEN: Text("待签收", "Waiting"),
    TaskState.CLAIMED: Text("办理中", "Claimed"),
    TaskState.DONE: Text("已办", "Done"),
    TaskState.CANCELLED: Text("已取消", "Cancelled"),
}


class Verdict(StrEnum):
    """Effect in law of an opinion or a decision."""

    APPROVE = "approve"
    CONDITIONAL = "conditional"
    REFUSE = "refuse"


class Outcome(StrEnum):
    """Outcomes that the kernel itself understands; a process may declare more of its own."""

    ACCEPT = "accept"
    SUPPLEMENT = "supplement"
    NOT_ACCEPTED = "not_accepted"
    APPROVE = "approve"
    CONDITIONAL = "conditional"
    REFUSE = "refuse"
    DONE = "done"
    RETURN = "return"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OUTCOME_TEXTS = {
    Outcome.ACCEPT: Text("受理", "Accept"),
    Outcome.SUPPLEMENT: Text("一次性告知补正", "Ask for corrections"),
    Outcome.NOT_ACCEPTED: Text("不予受理", "Not accepted"),
    Outcome.APPROVE: Text("同意", "Approve"),
    Outcome.CONDITIONAL: Text("附条件同意", "Approve with conditions"),
    Outcome.REFUSE: Text("不同意", "Refuse"),
    Outcome.DONE: Text("办结", "Done"),
    Outcome.RETURN: Text("退回", "Return"),
    Outcome.ANSWERED: Text("已答复", "Answered"),
    Outcome.WITHDRAWN: Text("撤回", "Withdrawn"),
    Outcome.LAPSED: Text("逾期终止", "Lapsed"),
}


class AutomaticAct(StrEnum):
    """What a service task of a process may have the kernel do (``act`` of the node)."""

    ACCEPT = "accept"  # the case is accepted: its statutory and promised clocks start
    ISSUE_LICENCE = "issue_licence"  # the licence of the type's result, if the decision is not a refusal
    ISSUE_REFUSAL = "issue_refusal"  # the refusal, or before acceptance the notice of it, as a sealed letter
    WRITE_REGISTER = "write_register"  # the change of a register that the case asks for, if it is approved
    ISSUE_DECISION = "issue_decision"  # the decision as a sealed letter, whatever it says
    SEND_LETTER = "send_letter"  # the letter that the item declares for this step, sealed
    NOTIFY_APPLICANT = "notify_applicant"  # what the last step noted, as a message inside the case


#: Where anyone checks a licence by the code printed on it; the QR code on the document leads there.
LICENCE_PATH = "/licences/{code}/"
#: Message that a process waits for while the applicant corrects the application.
SUPPLEMENT_ANSWERED_MESSAGE = "supplement_answered"


class ClockKind(StrEnum):
    """What a clock measures."""

    CASE_STATUTORY = "case_statutory"
    CASE_PROMISED = "case_promised"
    TASK = "task"
    SUPPLEMENT = "supplement"


CLOCK_KIND_TEXTS = {
    ClockKind.CASE_STATUTORY: Text("法定时限", "Statutory limit"),
    ClockKind.CASE_PROMISED: Text("承诺时限", "Promised limit"),
    ClockKind.TASK: Text("环节时限", "Step limit"),
    ClockKind.SUPPLEMENT: Text("补正期限", "Time to correct"),
}


class ClockState(StrEnum):
    """Whether a clock counts."""

    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class Light(StrEnum):
    """What a list shows of the clock."""

    NONE = "none"
    GREEN = "green"
    WARNED = "warned"
    YELLOW = "yellow"
    RED = "red"
    STOPPED = "stopped"


LIGHT_TEXTS = {
    Light.NONE: Text("不计时", "No limit"),
    Light.GREEN: Text("正常", "On time"),
    Light.WARNED: Text("即将到期", "Due soon"),
    Light.YELLOW: Text("黄牌", "Yellow card"),
    Light.RED: Text("红牌", "Red card"),
    Light.STOPPED: Text("停止计时", "Clock stopped"),
}


class StopGround(StrEnum):
    """Why a clock stands still."""

    SUPPLEMENT = "supplement"
    HEARING = "hearing"
    EXPERT_REVIEW = "expert_review"
    INSPECTION = "inspection"
    TEST = "test"
    THIRD_PARTY = "third_party"
    JOINT_ORIGIN = "joint_origin"
    FEE = "fee"


class EnclosureKind(StrEnum):
    """Of a file that an officer puts to a case."""

    #: Goes out with the decision.
    RELEASED = "released"
    #: Came in from somebody other than the applicant, who never sees it.
    RECEIVED = "received"


STOP_TEXTS = {
    StopGround.SUPPLEMENT: Text("申请人补正材料", "Applicant corrects the application"),
    StopGround.HEARING: Text("听证", "Hearing"),
    StopGround.EXPERT_REVIEW: Text("专家评审", "Expert review"),
    StopGround.INSPECTION: Text("检验、勘验", "Inspection"),
    StopGround.TEST: Text("检测、鉴定", "Test or appraisal"),
    StopGround.THIRD_PARTY: Text("征求第三方意见", "Third party is heard"),
    StopGround.JOINT_ORIGIN: Text("征求其他行政机关意见", "Another agency is consulted"),
    StopGround.FEE: Text("等待申请人缴费", "The fee is waited for"),
}


class ExtensionState(StrEnum):
    """Of a request for more time."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class SupplementState(StrEnum):
    """Of the one-time notice of corrections."""

    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class MaterialState(StrEnum):
    """Of a paper or file."""

    GIVEN = "given"
    REPLACED = "replaced"


class LicenceState(StrEnum):
    """Of a licence."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"


LICENCE_STATE_TEXTS = {
    LicenceState.VALID: Text("有效", "Valid"),
    LicenceState.REVOKED: Text("已撤销", "Revoked"),
    LicenceState.REPLACED: Text("已换发", "Replaced"),
}


class CardLevel(StrEnum):
    """Of electronic supervision."""

    YELLOW = "yellow"
    RED = "red"


class NoticeState(StrEnum):
    """Of a supervision notice (督办)."""

    OPEN = "open"
    REPLIED = "replied"
    CLOSED = "closed"


class AppointmentState(StrEnum):
    """Of a place in a window's queue."""

    BOOKED = "booked"
    CALLED = "called"
    FINISHED = "finished"
    MISSED = "missed"
    CANCELLED = "cancelled"


RATING_TEXTS = {
    5: Text("非常满意", "Very satisfied"),
    4: Text("满意", "Satisfied"),
    3: Text("基本满意", "Fairly satisfied"),
    2: Text("不满意", "Dissatisfied"),
    1: Text("非常不满意", "Very dissatisfied"),
}
