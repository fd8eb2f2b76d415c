"""Whoever acts in whatever order: what the rules let out was proofread and reviewed as the rule says."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.sites.rules import reviews
from yiwang.portal.sites.rules.reviews import Checks, Standing, Step, StepKind, name_of, standing

AT = datetime(2026, 11, 20, tzinfo=UTC)
AUTHOR = 1
PROOF, REVIEW, BACK, SUBMIT = StepKind.PROOF, StepKind.REVIEW, StepKind.SENT_BACK, StepKind.SUBMITTED
_checks = st.builds(Checks, reviews=st.integers(0, 3), proofs=st.integers(0, 3))
_wishes = st.lists(st.tuples(st.sampled_from([SUBMIT, PROOF, REVIEW, BACK]), st.integers(1, 5)), max_size=40)


def refused(now: Standing, kind: StepKind, by: int) -> bool:
    match kind:
        case StepKind.SUBMITTED:
            return reviews.why_no_submission(now) is not None
        case StepKind.PROOF:
            return reviews.why_no_proof(now, by, {AUTHOR}) is not None
        case StepKind.REVIEW:
            return reviews.why_no_review(now, by, {AUTHOR}) is not None
    return reviews.why_not_sent_back(now, by, {AUTHOR}, is_out=False) is not None


@given(checks=_checks, wishes=_wishes, edited=st.integers(0, 40))
def test_b27_what_goes_out_has_its_proofs_and_reviews(checks, wishes, edited):
    steps: list[Step] = []
    revision = 1
    for at, (kind, by) in enumerate(wishes):
        if at == edited:
            revision = 2
        if not refused(standing(steps, revision, checks), kind, by):
            steps.append(Step(kind=kind, revision=revision, at=AT, by=by))
    # the oracle looks at the list alone: what stands after the last beginning, of the last revision
    ours = [step for step in steps if step.revision == revision]
    starts = [at for at, step in enumerate(ours) if step.kind in {SUBMIT, BACK}]
    round_ = ours[starts[-1] + 1 :] if starts else []
    proofs = [step.by for step in round_ if step.kind is PROOF]
    passed = [step.by for step in round_ if step.kind is REVIEW]
    is_out = reviews.why_not_out(standing(steps, revision, checks)) is None
    assert is_out == (len(proofs) == checks.proofs and len(passed) == checks.reviews)
    assert AUTHOR not in proofs + passed
    assert len(set(passed)) == len(passed) <= checks.reviews
    assert all(one != two for one, two in itertools.pairwise(proofs))
    if len(passed) == checks.reviews and passed:
        last = max(at for at, step in enumerate(round_) if step.kind is REVIEW)
        assert sum(step.kind is PROOF for step in round_[:last]) == checks.proofs


def test_b27_an_edit_begins_anew_and_says_so():
    steps = [Step(kind=SUBMIT, revision=1, at=AT, by=1), Step(kind=PROOF, revision=1, at=AT, by=2)]

    assert standing(steps, 1, Checks()).begun_anew is False
    assert standing(steps, 2, Checks()) == Standing(checks=Checks(), submitted=False, begun_anew=True)
    out = [*steps, Step(kind=StepKind.PUBLISHED, revision=1, at=AT, by=3)]
    assert standing(out, 2, Checks()).begun_anew is False


def test_pages_without_text_need_fewer_and_a_site_may_say_otherwise():
    assert reviews.checks_for("article", {}) == Checks(reviews=3, proofs=3)
    assert reviews.checks_for("a kind of later", {}) == Checks(reviews=3, proofs=3)
    assert reviews.checks_for("column", {}) == Checks(reviews=1, proofs=1)
    written = {"article": Checks(reviews=2, proofs=1), "default": Checks(reviews=0, proofs=0)}
    assert reviews.checks_for("article", written) == Checks(reviews=2, proofs=1)
    assert reviews.checks_for("column", written) == Checks(reviews=0, proofs=0)
    two = Checks(reviews=2)
    assert [name_of(REVIEW, number, two).zh for number in (1, 2)] == ["初审", "终审"]
    assert [name_of(REVIEW, number, Checks()).zh for number in (1, 2, 3)] == ["初审", "复审", "终审"]


def test_authors_are_those_who_saved_since_the_last_publication():
    out = Step(kind=StepKind.PUBLISHED, revision=4, at=AT)
    assert reviews.base_of([out], 7, 4) == 4
    assert reviews.base_of([out], 4, 4) == 0  # later reviews are of what is out itself
    assert reviews.base_of([], 7, 5) == 5
