"""A look without a grant in an emergency leaves its own trace and waits for somebody else's review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.engines.exchange.conftest import officer

from yiwang.exchange import loops
from yiwang.exchange.api import (
    break_glass,
    list_emergencies,
    own_emergencies,
    person_reference,
    request_data,
    review_emergency,
    trace_of,
)
from yiwang.exchange.attention import EmergencyRefused, ReviewRefused, ReviewWaiting, Verdict
from yiwang.exchange.contracts import FieldsNotGranted, LookKind, Purpose, PurposeRefused, ResourceNotShared
from yiwang.exchange.models import Emergency, Resource, TraceLine
from yiwang.exchange.testing import KNOWN_ID, a_resource
from yiwang.platform.contracts import Actor, OperationNotAllowed

NIGHT = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
HEAD = officer("health", "approver", account=51)
WORDS = {
    "key": KNOWN_ID,
    "fields": ("name",),
    "incident": "120-20260302-0017",
    "reason": "昏迷病人须联系家属",
}


def look(actor: Actor = HEAD, at: datetime = NIGHT, **changes: object):
    return break_glass(**{"actor": actor, "at": at, "resource": "person_for_tests", **WORDS, **changes})


def review(emergency: int, *, actor: Actor, words: str = "情况属实", at: datetime = NIGHT):
    return review_emergency(actor=actor, at=at, emergency=emergency, verdict=Verdict.JUSTIFIED, words=words)


def test_d27_breaking_the_glass_is_seen_by_the_person(catalogue):
    answer = look()

    assert answer.values == {"name": "李明"}
    (line,) = trace_of(person_reference(KNOWN_ID))
    assert (line.kind, line.organisation, line.purpose) == (
        LookKind.BREAK_GLASS,
        "health",
        Purpose(kind="emergency", reference="120-20260302-0017"),
    )
    assert "紧急情况（120-20260302-0017）" in line.purpose_text.zh
    (waiting,) = own_emergencies(actor=HEAD)
    assert (waiting.owner, waiting.looks, waiting.review_due_at, waiting.reviewed_at) == (
        "public_security",
        1,
        NIGHT + timedelta(days=3),
        None,
    )


def test_d27_what_nobody_reviewed_stops_the_next(catalogue, owner):
    look()
    look(at=NIGHT + timedelta(hours=3))
    before = TraceLine.objects.count()
    for changes in ({"incident": "120-20260302-0018"}, {"at": NIGHT + timedelta(hours=4)}):
        with pytest.raises(ReviewWaiting):
            look(**changes)
    assert (TraceLine.objects.count(), Emergency.objects.count()) == (before, 1)
    (waiting,) = list_emergencies(actor=owner)
    assert waiting.looks == 2

    review(waiting.id, actor=owner)

    assert look(at=NIGHT + timedelta(days=1), incident="120-20260303-0001").values == {"name": "李明"}
    assert Emergency.objects.count() == 2


def test_twenty_looks_are_the_most_of_one_incident(catalogue):
    for _ in range(20):
        look()

    with pytest.raises(ReviewWaiting):
        look()

    assert Emergency.objects.get().looks == 20


def test_a_review_is_somebody_elses_and_has_words(catalogue, owner):
    look()
    emergency = Emergency.objects.get().pk
    self_review = officer("public_security", "approver", account=HEAD.account_id)
    for actor, words, error in (
        (self_review, "属实", ReviewRefused),
        (owner, "  ", ReviewRefused),
        (officer("construction", "approver", account=9), "属实", OperationNotAllowed),
        (officer("public_security", "handler", account=9), "属实", OperationNotAllowed),
    ):
        with pytest.raises(error):
            review(emergency, actor=actor, words=words)
    assert Emergency.objects.get().reviewed_at is None

    review(emergency, actor=owner)

    with pytest.raises(ReviewRefused):
        review(emergency, actor=owner)


def test_d27_cards_come_when_nobody_reviews(catalogue):
    look()
    days = [loops.cards(NIGHT + timedelta(days=d)) for d in (1, 2, 2, 3, 4)]

    assert days == [0, 1, 0, 1, 0]
    assert Emergency.objects.get().rung == 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"incident": " "}, EmergencyRefused),
        ({"incident": KNOWN_ID}, EmergencyRefused),
        ({"incident": "1" * 61}, EmergencyRefused),
        ({"reason": "急"}, EmergencyRefused),
        ({"fields": ("income",)}, FieldsNotGranted),
        ({"fields": ()}, FieldsNotGranted),
        ({"actor": officer("health", "handler")}, OperationNotAllowed),
        ({"actor": officer("public_security", "approver")}, EmergencyRefused),
        ({"actor": Actor.system("checks")}, OperationNotAllowed),
    ],
)
def test_what_is_no_emergency_leaves_nothing(catalogue, changes, error):
    with pytest.raises(error):
        look(**changes)

    assert (TraceLine.objects.count(), Emergency.objects.count()) == (0, 0)


def test_no_emergency_opens_what_nobody_shares(catalogue):
    Resource.objects.all().delete()
    a_resource(at=NIGHT, sharing="not_shared")

    with pytest.raises(ResourceNotShared):
        look()


def test_an_ordinary_look_cannot_call_itself_an_emergency(catalogue, owner):
    for actor in (owner, HEAD):
        with pytest.raises(PurposeRefused):
            request_data(
                actor=actor,
                at=NIGHT,
                resource="person_for_tests",
                key=KNOWN_ID,
                fields=("name",),
                purpose=Purpose(kind="emergency", reference="1"),
            )
