"""What the demonstration puts before its people, once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from yiwang.cli.conversations import begin_conversations
from yiwang.cli.simulation.staff import Staff
from yiwang.identity.testing import a_citizen, an_officer
from yiwang.portal.talking.models import Budget, Comment, Consultation, Proposal, Support, Survey

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_people_find_a_draft_a_survey_proposals_and_a_budget_and_a_second_start_adds_nothing():
    for organisation in ("parks", "transport", "general_office"):
        an_officer(organisation, roles={"reviewer", "approver"})
    citizens = [a_citizen() for _ in range(3)]
    for _ in range(2):
        begin_conversations(Staff(at=AT), citizens, at=AT)

    assert Consultation.objects.filter(put_out_at=AT).count() == 1
    assert Comment.objects.count() == 3
    assert Survey.objects.filter(put_out_at=AT).count() == 1
    assert Budget.objects.filter(put_out_at=AT).count() == 1
    assert Proposal.objects.filter(published_at=AT).count() == 2
    assert Support.objects.count() == 4
