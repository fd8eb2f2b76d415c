"""Three reviews and three proofs (三审三校): what a revision has behind it, what is next, who may do it.

Pure. Steps are bound to one revision: whoever edits afterwards begins them anew, since what was read is no
longer what would go out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yiwang.kernel.text import Text

#: Kinds of pages that hold no text of their own; all others have three reviews and three proofs.
_WITHOUT_TEXT = frozenset({"home", "channel", "column"})
DEFAULT = "default"
MOST = 3


class StepKind(StrEnum):
    """What may be done to a page on its way out and off again."""

    SUBMITTED = "submitted"
    PROOF = "proof"
    REVIEW = "review"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    URGENT = "urgent"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    EMBARGO = "embargo"
    SCHEDULED = "scheduled"
    EXPIRY = "expiry"
    REFUSED = "refused"


#: With these a revision goes out.
OUT = frozenset({StepKind.PUBLISHED, StepKind.URGENT})
#: With these it comes off again.
OFF = frozenset({StepKind.WITHDRAWN, StepKind.EXPIRED})
#: Orders for later, which say nothing of reviews.
ORDERS = frozenset({StepKind.EMBARGO, StepKind.SCHEDULED, StepKind.EXPIRY, StepKind.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """How many reviews and proofs a page needs."""

    reviews: int = MOST
    proofs: int = MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act: by which account (none for the platform's own), upon which revision."""

    kind: StepKind
    revision: int
    at: datetime
    number: int = 0
    by: int | None = None
    words: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one revision has behind it in its present round."""

    checks: Checks
    submitted: bool
    proofs: tuple[Step, ...] = ()
    reviews: tuple[Step, ...] = ()
    #: It was sent back, and not submitted again.
    sent_back: Step | None = None
    #: An earlier revision had steps behind it that do not count for this one.
    begun_anew: bool = False

    @property
    def next_proof(self) -> int:
        """The number of the next proof; 0 when there is none."""
        done = len(self.proofs)
        return done + 1 if self.submitted and done < self.checks.proofs else 0

    @property
    def next_review(self) -> int:
        """The number of the next review; 0 when there is none."""
        done = len(self.reviews)
        return done + 1 if self.submitted and done < self.checks.reviews else 0

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return len(self.proofs) >= self.checks.proofs and len(self.reviews) >= self.checks.reviews


_SUBMIT_FIRST = Text("还没有送审", "It has not been submitted for review")
_ALREADY_SUBMITTED = Text("已经送审", "It is submitted already")
_NOTHING_NEEDED = Text("这一类页面不需要审校", "Pages of this kind need no review")
_NO_PROOF_LEFT = Text("校对已经完成", "Every proof is done")
_NO_REVIEW_LEFT = Text("审核已经完成", "Every review is done")
_AUTHOR = Text("作者不审校自己写的内容", "Authors neither review nor proofread what they wrote")
_PROOF_BEFORE = Text(
    "前一校次也是您，请由别人校对", "You read the proof before; somebody else reads this one"
)
_REVIEW_BEFORE = Text(
    "您已经审过一次，请由别人审核", "You have reviewed it once; somebody else reviews it now"
)
_PROOFS_FIRST = Text("校对完成以后才终审", "The final review comes after the last proof")
_MISSING_PROOFS = Text("还差{n}个校次", "{n} proofs are missing")
_MISSING_REVIEWS = Text("还差{n}次审核", "{n} reviews are missing")
_IS_OUT = Text("最新内容已经发布", "The latest text is published already")
_NOTHING_MISSING = Text("审校已经完成，直接发布即可", "Every review is done: publish it as usual")
_REVIEW_NAMES = {
    3: (Text("初审", "First review"), Text("复审", "Second review"), Text("终审", "Final review")),
    2: (Text("初审", "First review"), Text("终审", "Final review")),
    1: (Text("终审", "Final review"),),
}
_PROOF_NAMES = (Text("一校", "First proof"), Text("二校", "Second proof"), Text("三校", "Third proof"))


def checks_for(kind: str, written: Mapping[str, Checks]) -> Checks:
    """The rule for a kind of page: as its site wrote it, or the usual one."""
    if kind in written:
        return written[kind]
    if DEFAULT in written:
        return written[DEFAULT]
    return Checks(reviews=1, proofs=1) if kind in _WITHOUT_TEXT else Checks()


def standing(steps: Sequence[Step], revision: int, checks: Checks) -> Standing:
    """How a revision stands, from all steps of its page in their order."""
    steps = [step for step in steps if step.kind not in ORDERS]
    of_it = [step for step in steps if step.revision == revision]
    submitted, back = False, None
    proofs: list[Step] = []
    reviews: list[Step] = []
    for step in of_it:
        if step.kind is StepKind.SUBMITTED:
            submitted, back, proofs, reviews = True, None, [], []
        elif step.kind is StepKind.SENT_BACK or step.kind in OFF:
            back = step if step.kind is StepKind.SENT_BACK else None
            submitted, proofs, reviews = False, [], []
        elif step.kind is StepKind.PROOF:
            proofs.append(step)
        elif step.kind is StepKind.REVIEW:
            reviews.append(step)
    return Standing(
        checks=checks,
        submitted=submitted,
        proofs=tuple(proofs),
        reviews=tuple(reviews),
        sent_back=back,
        begun_anew=not of_it and _was_under_review(steps),
    )


def _was_under_review(steps: Sequence[Step]) -> bool:
    """Whether the steps of another revision end without its having gone out or been sent back."""
    return bool(steps) and steps[-1].kind in {StepKind.SUBMITTED, StepKind.PROOF, StepKind.REVIEW}


def why_no_submission(now: Standing) -> Text | None:
    """Why it is not submitted now; None where it may be."""
    if now.checks == Checks(reviews=0, proofs=0):
        return _NOTHING_NEEDED
    return _ALREADY_SUBMITTED if now.submitted else None


def why_no_proof(now: Standing, by: int | None, authors: Iterable[int]) -> Text | None:
    """Why this person does not record the next proof; None where the person may."""
    if not now.submitted:
        return _SUBMIT_FIRST
    if not now.next_proof:
        return _NO_PROOF_LEFT
    if by is None or by in set(authors):
        return _AUTHOR
    return _PROOF_BEFORE if now.proofs and now.proofs[-1].by == by else None


def why_no_review(now: Standing, by: int | None, authors: Iterable[int]) -> Text | None:
    """Why this person does not do the next review; None where the person may."""
    if not now.submitted:
        return _SUBMIT_FIRST
    if not now.next_review:
        return _NO_REVIEW_LEFT
    if by is None or by in set(authors):
        return _AUTHOR
    if any(step.by == by for step in now.reviews):
        return _REVIEW_BEFORE
    return _PROOFS_FIRST if is_final(now) and len(now.proofs) < now.checks.proofs else None


def why_not_sent_back(now: Standing, by: int | None, authors: Iterable[int], *, is_out: bool) -> Text | None:
    """Why this person does not send it back; None where the person may. What is out is withdrawn instead."""
    if is_out and now.is_complete:
        return _IS_OUT
    if not now.submitted:
        return _SUBMIT_FIRST
    return _AUTHOR if by is None or by in set(authors) else None


def why_not_urgent(now: Standing, by: int | None, authors: Iterable[int], *, is_out: bool) -> Text | None:
    """Why this person does not publish it before its reviews; None where the person may."""
    if is_out:
        return _IS_OUT
    if now.is_complete:
        return _NOTHING_MISSING
    return why_not_sent_back(now, by, authors, is_out=is_out)


def why_not_out(now: Standing) -> Text | None:
    """What keeps a revision from going out; None where all reviews and proofs are done."""
    if now.is_complete:
        return None
    if not now.submitted:
        return _SUBMIT_FIRST
    missing = now.checks.reviews - len(now.reviews)
    if missing > 0:
        return _MISSING_REVIEWS.fill(n=missing)
    return _MISSING_PROOFS.fill(n=now.checks.proofs - len(now.proofs))


def is_final(now: Standing) -> bool:
    """Whether the next review is the last one."""
    return now.next_review == now.checks.reviews


def name_of(kind: StepKind, number: int, checks: Checks) -> Text:
    """What a proof or a review is called; a number beyond the present rule keeps the name of the longest."""
    names = _PROOF_NAMES if kind is StepKind.PROOF else _REVIEW_NAMES.get(checks.reviews, _REVIEW_NAMES[MOST])
    if not 0 < number <= len(names):
        names = _PROOF_NAMES if kind is StepKind.PROOF else _REVIEW_NAMES[MOST]
    return names[min(max(number, 1), len(names)) - 1]


def base_of(steps: Iterable[Step], revision: int, live: int) -> int:
    """The last revision before this one that went out: who saved since then wrote what would go out."""
    went = [step.revision for step in steps if step.kind in OUT and step.revision < revision]
    return max([*went, live if live < revision else 0], default=0)


def is_owed(steps: Sequence[Step], live: int, checks: Checks) -> bool:
    """Whether what is out went out urgently and its reviews have not been made up since."""
    urgent = any(step.kind is StepKind.URGENT and step.revision == live for step in steps)
    return urgent and not standing(steps, live, checks).is_complete
