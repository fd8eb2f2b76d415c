"""Words and errors of talking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.portal.talking.rules.budgeting import Project, Terms
from yiwang.portal.talking.rules.consulting import Balance, DraftKind, Outcome
from yiwang.portal.talking.rules.proposing import ProposalState
from yiwang.portal.talking.rules.voting import Question, SurveyKind


class LetterState(StrEnum):
    """What an officer said about publishing a letter and its reply."""

    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LETTER_STATE_TEXTS = {
    LetterState.PUBLISHED: Text("已公开", "Published"),
    LetterState.DECLINED: Text("不公开", "Not published"),
    LetterState.WITHDRAWN: Text("已撤下", "Taken down"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLetter:
    """A letter and its reply as anybody may read them."""

    id: int
    type_code: str
    organisation: str
    subject: str
    letter: str
    reply: str
    received_on: date
    answered_on: date
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLetter:
    """A letter whose publication was decided, at the desk."""

    number: str
    organisation: str
    subject: str
    state: LetterState
    reason: str
    decided_at: datetime


@dataclass(eq=False)
class LetterNotFound(NotFound):
    """No such letter is public."""

    text: ClassVar[Text] = Text("没有找到这封来信。", "There is no such letter.")


@dataclass(eq=False)
class NotAgreed(RuleViolation):
    """The writer did not agree to the publication."""

    number: str
    text: ClassVar[Text] = Text(
        "{number}的写信人不同意公开，不能公开。",
        "The writer of {number} did not agree; it cannot be published.",
    )


@dataclass(eq=False)
class AlreadyJudged(RuleViolation):
    """The publication of this letter was decided before."""

    number: str
    text: ClassVar[Text] = Text(
        "{number}是否公开已有决定，请刷新后再看。",
        "Whether {number} is published was decided already. Reload and look again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section of a draft; number 0 is the whole."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationView:
    """A draft put out for comment."""

    id: int
    kind: DraftKind
    title: Text
    summary: Text
    organisation: str
    opens_on: date
    closes_on: date
    is_out: bool
    is_open: bool
    reported_at: datetime | None
    conclusion: str
    sections: tuple[SectionView, ...]
    balance: Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A comment; ``body`` is as it was written and for officers, ``shown`` what the report prints."""

    id: int
    section: int
    at: datetime
    body: str
    shown: str
    outcome: Outcome | None
    reason: str


@dataclass(eq=False)
class ConsultationNotFound(NotFound):
    """No such draft is out, or not within this officer's reach."""

    text: ClassVar[Text] = Text("没有找到这次征求意见。", "There is no such consultation.")


@dataclass(eq=False)
class AlreadyPutOut(RuleViolation):
    """What is out for comment is not rewritten: people commented on what they read."""

    text: ClassVar[Text] = Text(
        "已公开征求意见，内容不能再改。", "It is out for comment and cannot be changed any more."
    )


@dataclass(eq=False)
class OutTooShort(RuleViolation):
    """The days of comment are fewer than this kind of draft must have."""

    least: int
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "这类草案征求意见不少于{least}天，且截止日不能早于今天。",
        "A draft of this kind is out for {least} days at least, and not until a day that is past.",
    )


@dataclass(eq=False)
class CommentsClosed(RuleViolation):
    """Comments are taken from the first day to the last."""

    text: ClassVar[Text] = Text("现在不在征求意见期间。", "Comments are not taken at present.")


@dataclass(eq=False)
class TooManyComments(RuleViolation):
    """One person has said enough on one draft."""

    most: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "每人对一份草案最多提{most}条意见。", "One person may comment {most} times on a draft."
    )


@dataclass(eq=False)
class StillOpen(RuleViolation):
    """The report comes when comments have ended."""

    until: date
    text: ClassVar[Text] = Text(
        "征求意见到{until}截止，之后才能公布结果。", "Comments end on {until}; the report comes after that."
    )


@dataclass(eq=False)
class CommentsUnanswered(RuleViolation):
    """Every comment has an answer before the report is published."""

    unanswered: int
    text: ClassVar[Text] = Text(
        "还有{unanswered}条意见没有答复，不能公布结果。",
        "{unanswered} comments have no answer yet; the report cannot be published.",
    )


@dataclass(eq=False)
class AlreadyReported(RuleViolation):
    """The report is out; the answers in it stand."""

    text: ClassVar[Text] = Text("结果已经公布。", "The report is published.")


@dataclass(eq=False)
class TooFast(RuleViolation):
    """One address posts faster than people write."""

    seconds: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "提交太快，请{seconds}秒后再试。", "That was too fast. Try again in {seconds} seconds."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """A survey or a vote; ``taken`` is how many took part."""

    id: int
    kind: SurveyKind
    title: Text
    summary: Text
    organisation: str
    opens_on: date
    closes_on: date
    is_out: bool
    is_open: bool
    is_over: bool
    questions: tuple[Question, ...]
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """The result of one question: how many answered it, and each option with its votes, in order."""

    question: Question
    answered: int
    counts: tuple[int, ...]


@dataclass(eq=False)
class SurveyNotFound(NotFound):
    """No such survey is out, or not within this officer's reach."""

    text: ClassVar[Text] = Text("没有找到这次调查或者投票。", "There is no such survey or vote.")


@dataclass(eq=False)
class SurveyClosed(RuleViolation):
    """Answers are taken from the first day to the last."""

    text: ClassVar[Text] = Text("现在不在调查或者投票期间。", "Answers are not taken at present.")


@dataclass(eq=False)
class AlreadyTaken(RuleViolation):
    """One person, one ballot; what was cast stays."""

    text: ClassVar[Text] = Text("您已经参加过了，每人一次。", "You have taken part already; once each.")


@dataclass(eq=False)
class PersonsOnly(RuleViolation):
    """A ballot is a verified person's own, not a firm's."""

    text: ClassVar[Text] = Text(
        "须以实名认证的本人身份参加，请切换办事身份。",
        "Take part as yourself, verified; switch your capacity first.",
    )


@dataclass(eq=False)
class VotingNotDeclared(RuleViolation):
    """The city has not said that it wants votes (``voting: true`` in city.yaml)."""

    text: ClassVar[Text] = Text("本市没有开通投票。", "This city has not switched voting on.")


@dataclass(eq=False)
class ResultsNotYet(RuleViolation):
    """Results are read when the last day has passed, by nobody earlier."""

    until: date
    text: ClassVar[Text] = Text(
        "到{until}截止，之后公布结果。", "It ends on {until}; results are shown after that."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal; ``given_title`` and ``given_body`` are as written and for officers."""

    id: int
    organisation: str
    state: ProposalState
    title: str
    body: str
    given_title: str
    given_body: str
    given_at: datetime
    published_at: datetime | None
    closes_on: date | None
    needed: int
    support: int
    answer_due_on: date | None
    outcome: Outcome | None
    answer: str
    answered_at: datetime | None
    is_late: bool
    declined_reason: str


@dataclass(eq=False)
class ProposalNotFound(NotFound):
    """No such proposal is public, or not within this officer's reach."""

    text: ClassVar[Text] = Text("没有找到这条建议。", "There is no such proposal.")


@dataclass(eq=False)
class ProposalJudged(RuleViolation):
    """Whether it is public, or what is answered, was decided before."""

    text: ClassVar[Text] = Text("这条建议已经处理过了。", "This proposal was dealt with already.")


@dataclass(eq=False)
class NotGathering(RuleViolation):
    """Support is given from publication to the last day."""

    text: ClassVar[Text] = Text("现在不能附议。", "Support is not taken at present.")


@dataclass(eq=False)
class TooManyProposals(RuleViolation):
    """One person has enough of them waiting."""

    most: int
    status: ClassVar[int] = 429
    text: ClassVar[Text] = Text(
        "每人最多有{most}条建议等待审核。", "One person may have {most} proposals waiting to be read."
    )


@dataclass(eq=False)
class NoSuchDepartment(RuleViolation):
    """Nobody there would answer."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("请选择答复单位。", "Choose a department.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetView:
    """A participatory budget; ``taken`` is how many voted, online and on paper."""

    id: int
    title: Text
    summary: Text
    organisation: str
    opens_on: date
    closes_on: date
    is_out: bool
    is_open: bool
    is_over: bool
    terms: Terms
    projects: tuple[Project, ...]
    taken: int
    papers: int
    void_papers: int
    counted_at: datetime | None


@dataclass(eq=False)
class BudgetNotFound(NotFound):
    """No such budget is out, or not within this officer's reach."""

    text: ClassVar[Text] = Text("没有找到这次预算投票。", "There is no such vote on a budget.")


@dataclass(eq=False)
class PersonUnknown(RuleViolation):
    """Nobody is recorded under this identity number."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("没有登记此身份证号的人。", "Nobody is recorded under this number.")


@dataclass(eq=False)
class PapersDoNotMatch(RuleViolation):
    """As many papers are counted as were handed out, no more; a missing one is known as missing."""

    handed_out: int
    counted: int
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "发出{handed_out}张纸票，收回{counted}张，多出来了。",
        "{handed_out} papers were handed out and {counted} came back, which is more.",
    )
