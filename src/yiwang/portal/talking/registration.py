"""What talking registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry
from yiwang.portal.search.api import SOURCES
from yiwang.portal.talking.commands.judge_letter import SEARCHED_AS
from yiwang.portal.talking.searching import LetterSource, SaySource

_WORKERS, _HEADS = frozenset({"handler", "reviewer", "approver"}), frozenset({"approver"})
_OPERATIONS: tuple[tuple[str, Text, frozenset[str], bool], ...] = (
    (
        "talking.letter.publish",
        Text("公开来信和答复", "Publish letters and replies"),
        frozenset({"reviewer", "approver"}),
        False,
    ),
    ("talking.consultation.draft", Text("起草征求意见稿", "Write a draft for comment"), _WORKERS, False),
    ("talking.consultation.put_out", Text("公开征求意见", "Put a draft out for comment"), _HEADS, False),
    ("talking.comment.give", Text("对草案提意见", "Comment on a draft"), frozenset(), True),
    ("talking.comment.answer", Text("答复意见", "Answer a comment"), _WORKERS, False),
    ("talking.consultation.report", Text("公布意见采纳情况", "Publish what was adopted"), _HEADS, False),
    ("talking.survey.draft", Text("起草调查和投票", "Write a survey or a vote"), _WORKERS, False),
    ("talking.survey.put_out", Text("发布调查和投票", "Put a survey or a vote out"), _HEADS, False),
    ("talking.proposal.give", Text("提建议", "Make a proposal"), frozenset(), True),
    ("talking.proposal.support", Text("附议", "Support a proposal"), frozenset(), True),
    (
        "talking.proposal.judge",
        Text("公开建议", "Publish proposals"),
        frozenset({"reviewer", "approver"}),
        False,
    ),
    (
        "talking.proposal.answer",
        Text("答复建议", "Answer proposals"),
        frozenset({"reviewer", "approver"}),
        False,
    ),
    ("talking.budget.draft", Text("起草预算投票", "Write a vote on a budget"), _WORKERS, False),
    ("talking.budget.put_out", Text("发布预算投票", "Put a vote on a budget out"), _HEADS, False),
    ("talking.budget.count", Text("清点预算投票", "Count a vote on a budget"), _HEADS, False),
    (
        "talking.budget.hand_out",
        Text("发放纸质选票", "Hand out ballot papers"),
        frozenset({"window", "handler"}),
        False,
    ),
    ("talking.budget.vote", Text("对预算投票", "Vote on a budget"), frozenset(), True),
    ("talking.ballot.cast", Text("参加调查和投票", "Answer a survey, or vote"), frozenset(), True),
)
_TALKING = Text("互动", "Talking with people")
#: Key and address, title, who sees it, picture.
_ON_THE_DESK = (
    ("letters", Text("来信公开", "Letters to publish"), "talking.letter.publish", "inbox"),
    ("consultations", Text("征求意见", "Consultations"), "talking.consultation.draft", "people"),
    ("surveys", Text("调查和投票", "Surveys and votes"), "talking.survey.draft", "chart"),
    ("proposals", Text("群众建议", "Proposals"), "talking.proposal.answer", "hand"),
    ("budgets", Text("预算投票", "Votes on budgets"), "talking.budget.draft", "coin"),
)


def register() -> None:
    """Run once, when all apps are ready."""
    SOURCES.register(SEARCHED_AS, LetterSource())
    SOURCES.register("consultation", SaySource())
    for key, title, roles, citizens in _OPERATIONS:
        declare(key, title, roles=roles, citizens=citizens)
    register_entry(
        Entry(key="mailbox", title=Text("互动交流", "Have your say"), url_name="talking:mailbox", order=35)
    )
    for place, (key, title, operation, icon) in enumerate(_ON_THE_DESK):
        register_entry(
            Entry(
                key=key,
                title=title,
                url_name=f"talking-desk:{key}",
                operation=operation,
                group=_TALKING,
                icon=icon,
                area="desk",
                order=64 + place,
            )
        )
