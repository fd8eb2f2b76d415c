"""Proposals of people: how long they gather support, how much, and until when they are answered."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from yiwang.kernel.text import Text

#: Our choice, kept with each proposal when it goes out, so that a later choice changes none that is out.
SUPPORT_NEEDED, SUPPORT_DAYS = 100, 60
#: Working days for the answer from the day on which there is enough support; our choice.
ANSWER_WORKING_DAYS = 30


class ProposalState(StrEnum):
    """Where a proposal stands."""

    GIVEN = "given"
    DECLINED = "declined"
    GATHERING = "gathering"
    REACHED = "reached"
    SHORT = "short"
    ANSWERED = "answered"


STATE_TEXTS = {
    ProposalState.GIVEN: Text("待审核", "To be read"),
    ProposalState.DECLINED: Text("不公开", "Not published"),
    ProposalState.GATHERING: Text("征集附议", "Gathering support"),
    ProposalState.REACHED: Text("等待答复", "To be answered"),
    ProposalState.SHORT: Text("附议不足", "Not enough support"),
    ProposalState.ANSWERED: Text("已答复", "Answered"),
}


def last_day_of_support(published_on: date) -> date:
    """The last day on which people may support it; the day of publication counts."""
    return published_on + timedelta(days=SUPPORT_DAYS - 1)


def state_of(
    *,
    is_public: bool,
    is_declined: bool,
    is_answered: bool,
    is_reached: bool,
    closes_on: date | None,
    today: date,
) -> ProposalState:
    """The state on a day; one that was answered early is answered, whatever its support."""
    if not is_public:
        return ProposalState.DECLINED if is_declined else ProposalState.GIVEN
    if is_answered:
        return ProposalState.ANSWERED
    if is_reached:
        return ProposalState.REACHED
    return ProposalState.SHORT if closes_on is not None and today > closes_on else ProposalState.GATHERING
