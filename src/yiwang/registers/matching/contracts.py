"""Words of matching that cross its border."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import Conflict, InvalidInput, NotFound
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.registers.matching.rules.differences import Kind

KIND_TEXTS = {
    Kind.NO_TAX: Text("有照未办税务登记", "Licensed, not registered for tax"),
    Kind.ENDED_BUT_GOING_ON: Text("已吊销、注销仍在册或缴款", "Licence ended, still active or paying"),
    Kind.NO_LICENCE: Text("在册但查无营业执照", "On a list without a licence"),
    Kind.NOT_COUNTED: Text("有照未入统计名录", "Licensed, not a statistical unit"),
    Kind.CODE_OF_ANOTHER: Text("一码两名", "Two names for one code"),
    Kind.TWO_CODES: Text("一企两码", "Two codes for one firm"),
    Kind.LISTED_TWICE: Text("同一名单重复", "Twice on the same list"),
    Kind.OTHER_NAME: Text("名称与执照不符", "Name differs from the licence"),
    Kind.OTHER_REPRESENTATIVE: Text("法定代表人与执照不符", "Representative differs from the licence"),
    Kind.OTHER_ADDRESS: Text("住所与执照不符", "Address differs from the licence"),
}


class State(StrEnum):
    """Where a difference stands."""

    OPEN = "open"
    SETTLED = "settled"
    REPAIRED = "repaired"


class Outcome(StrEnum):
    """What the department answered."""

    TRUE = "true"
    NOT_SO = "not_so"
    PUT_RIGHT = "put_right"


STATE_TEXTS = {
    State.OPEN: Text("待办", "Open"),
    State.SETTLED: Text("已答复", "Answered"),
    State.REPAIRED: Text("比对已一致", "Lists agree again"),
}
OUTCOME_TEXTS = {
    Outcome.TRUE: Text("属实，正在处理", "True, being dealt with"),
    Outcome.NOT_SO: Text("不属实", "Not so"),
    Outcome.PUT_RIGHT: Text("已改正", "Put right"),
}
STAGE_TEXTS = {
    "": Text("等待", "Waiting"),
    "reading": Text("读取名单", "Reading the lists"),
    "tidying": Text("整理", "Tidying"),
    "codes": Text("按代码比对", "Matching by code"),
    "model": Text("按名称、地址、人员、电话比对", "Matching by name, address, people, telephone"),
    "joining": Text("归并", "Joining"),
    "writing": Text("写出", "Writing"),
    "differences": Text("查找差异", "Finding differences"),
    "recording": Text("派办差异", "Recording differences"),
    "done": Text("完成", "Done"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run as pages show it."""

    id: int
    asked_at: datetime
    state: str
    stage: str
    stage_rows: int
    done_at: datetime | None
    report: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many differences of a kind a department has in each state, and what it recovered."""

    organisation: str
    kind: Kind
    open: int
    late: int
    settled: int
    repaired: int
    yuan: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A difference as its department sees it; names of other lists only under a grant."""

    id: int
    kind: Kind
    organisation: str
    list: str
    key: str
    name: str
    other_list: str
    other_key: str
    other_name: str
    other_status: str
    state: State
    outcome: Outcome | None
    note: str
    yuan: Decimal | None
    due_at: datetime
    reopened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtView:
    """Two rows that may be one firm, as values of the fields that matching reads."""

    id: int
    probability: float
    left_list: str
    left: dict[str, str]
    right_list: str
    right: dict[str, str]


@dataclass(eq=False)
class MatchingNotFound(NotFound):
    """There is no such matching."""

    matching: str
    text: ClassVar[Text] = Text("没有名单比对“{matching}”。", "There is no matching “{matching}”.")


@dataclass(eq=False)
class RunGoesOn(Conflict):
    """The lists are being matched already."""

    matching: str
    text: ClassVar[Text] = Text("名单正在比对，请等这一次完成。", "The lists are being matched; wait for it.")


@dataclass(eq=False)
class DoubtNotFound(NotFound):
    """The pair is judged already, or a later run no longer doubts it."""

    doubt: int
    text: ClassVar[Text] = Text("这一对已经判断过了。", "This pair has been judged already.")


@dataclass(eq=False)
class FindingsNotFound(NotFound):
    """None of the differences is open work of this department."""

    text: ClassVar[Text] = Text(
        "所选差异中有的已经办理，或不属于本单位；没有作任何更改。",
        "Some of these differences are answered already or are another's; nothing was changed.",
    )


@dataclass(eq=False)
class AnswerRefused(InvalidInput):
    """An answer lacks what it needs."""
