"""B33: votes on budgets: one person, one ballot across channels; secret; recounted by a naive count."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from yiwang.identity.testing import (
    a_citizen,
    a_person,
    a_representative,
    a_resident_id,
    an_officer,
    signed_in,
)
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.portal.search.api import SOURCES
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import (
    AlreadyPutOut,
    AlreadyTaken,
    BudgetNotFound,
    PapersDoNotMatch,
    PersonsOnly,
    PersonUnknown,
    ResultsNotYet,
    StillOpen,
    SurveyClosed,
    VotingNotDeclared,
)
from yiwang.portal.talking.models import Budget, BudgetBallot, BudgetTurnout
from yiwang.portal.talking.rules.budgeting import Terms, Way
from yiwang.portal.talking.web.budgets import BUDGET_PACE

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
OUT = datetime(2026, 3, 1, 9, 0, tzinfo=ZONE)
DURING, AFTER = OUT + timedelta(days=5), datetime(2026, 4, 1, 0, 0, tzinfo=ZONE)
PROJECTS = "# 路灯 | 60\n# 座椅 | 30\n# 绿化 | 30\n# 球场 | 90"
COSTS = {1: 60, 2: 30, 3: 30, 4: 90}


def a_budget(*, is_out: bool = True) -> int:
    head = an_officer("parks", roles={"approver"})
    made = api.draft_budget(
        actor=head, at=OUT, title=Text("公园", "Park"), summary=Text("选项目", "Choose"),
        terms=Terms(amount=100, way=Way.WITHIN, most=0), projects=PROJECTS, opens_on=FIRST, closes_on=LAST,
    )  # fmt: skip
    if is_out:
        api.put_out_budget(actor=head, at=OUT, budget=made)
    return made


def test_b33_a_budget_is_what_a_naive_count_of_both_channels_gives():
    made, chance, cast = a_budget(), Random(3), []
    choices = [[1], [2, 3], [1, 2], [4], [3], [1, 3]]
    for _ in range(9):
        chosen = chance.choice(choices)
        api.vote_on_budget(actor=a_citizen(), at=DURING, budget=made, chosen=chosen)
        cast.append(chosen)
    window = an_officer("service_centre", roles={"window"})
    for serial in (901, 902, 903, 904):
        a_person(resident_id=a_resident_id(serial))
        api.hand_out_paper(actor=window, at=DURING, budget=made, resident_id=a_resident_id(serial))
    head = an_officer("parks", roles={"approver"})
    with pytest.raises(StillOpen):
        api.count_budget(actor=head, at=DURING, budget=made, papers="1")
    with pytest.raises(PapersDoNotMatch):
        api.count_budget(actor=head, at=AFTER, budget=made, papers="1\n2\n3\nx\nx")
    with pytest.raises(InvalidInput):
        api.count_budget(actor=head, at=AFTER, budget=made, papers="1 4")
    with pytest.raises(ResultsNotYet):
        api.budget_result(made)
    assert api.count_budget(actor=head, at=AFTER, budget=made, papers="2 3\n4\nx") == 2
    cast += [[2, 3], [4]]

    votes = Counter(number for chosen in cast for number in chosen)
    order = sorted(COSTS, key=lambda number: (-votes[number], COSTS[number], number))
    result = api.budget_result(made)
    assert [(each.project.number, each.votes) for each in result] == [(n, votes[n]) for n in order]
    left = 100
    for each in result:
        assert each.is_paid == (votes[each.project.number] > 0 and each.project.cost <= left)
        left -= each.project.cost if each.is_paid else 0
    view = api.public_budget(made, at=AFTER)
    assert (view.taken, view.papers, view.void_papers, BudgetBallot.objects.count()) == (13, 4, 1, 11)


def test_b33_one_person_one_ballot_whichever_way():
    made, number = a_budget(), a_resident_id(905)
    window, voter, other = an_officer("service_centre", roles={"window"}), a_citizen(), a_representative()
    a_person(resident_id=number)
    api.vote_on_budget(actor=voter, at=DURING, budget=made, chosen=[1])
    api.hand_out_paper(actor=window, at=DURING, budget=made, resident_id=number)

    with pytest.raises(AlreadyTaken):
        api.vote_on_budget(actor=voter, at=DURING, budget=made, chosen=[2])
    with pytest.raises(AlreadyTaken):
        api.hand_out_paper(actor=window, at=DURING, budget=made, resident_id=number)
    BudgetTurnout.objects.filter(on_paper=True).update(person_id=999_999)
    with pytest.raises(PersonUnknown):
        api.hand_out_paper(actor=window, at=DURING, budget=made, resident_id=a_resident_id(906))
    with pytest.raises(PersonsOnly):
        api.vote_on_budget(actor=other, at=DURING, budget=made, chosen=[1])
    for wrong in ([], [9], [1, 4], [2, 2]):
        with pytest.raises(InvalidInput):
            api.vote_on_budget(actor=a_citizen(), at=DURING, budget=made, chosen=wrong)
    with pytest.raises(SurveyClosed):
        api.vote_on_budget(actor=a_citizen(), at=AFTER, budget=made, chosen=[1])

    assert (BudgetTurnout.objects.count(), [each.chosen for each in BudgetBallot.objects.all()]) == (2, [[1]])


def test_b33_no_row_ties_a_budget_ballot_to_a_person():
    made = a_budget()
    api.vote_on_budget(actor=a_citizen(), at=DURING, budget=made, chosen=[3, 2])

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'talking_budgetballot' ORDER BY 1"
        )
        assert [row[0] for row in cursor.fetchall()] == ["budget_id", "chosen", "id"]
    assert BudgetBallot.objects.get().chosen == [2, 3]
    line = JournalEntry.objects.get(operation="talking.budget.vote")
    assert (line.subject, line.detail) == (f"budget:{made}", {})


def test_b33_only_its_own_heads_put_out_and_count(settings):
    made, draft = a_budget(), a_budget(is_out=False)
    for other in (
        an_officer("water", roles={"approver"}),
        an_officer("parks", roles={"handler"}),
        a_citizen(),
    ):
        for act, words in (
            (api.put_out_budget, {"budget": draft}),
            (api.count_budget, {"budget": made, "papers": ""}),
        ):
            with pytest.raises(OperationNotAllowed):
                act(actor=other, at=AFTER, **words)
    with pytest.raises(OperationNotAllowed):
        api.hand_out_paper(actor=a_citizen(), at=DURING, budget=made, resident_id="x")
    with pytest.raises(BudgetNotFound):
        api.vote_on_budget(actor=a_citizen(), at=DURING, budget=draft, chosen=[1])
    with pytest.raises(AlreadyPutOut):
        api.put_out_budget(actor=an_officer("parks", roles={"approver"}), at=OUT, budget=made)
    settings.YIWANG_VOTING = False
    with pytest.raises(VotingNotDeclared):
        api.vote_on_budget(actor=a_citizen(), at=DURING, budget=made, chosen=[1])
    assert list(Budget.objects.values_list("counted_at", "put_out_at").order_by("id")) == [
        (None, OUT),
        (None, None),
    ]


def test_b33_a_budget_from_the_desk_to_the_result(client):
    head, today = signed_in(an_officer("parks", roles={"approver", "handler"})), datetime.now(ZONE).date()
    end = today + timedelta(days=3)
    sent = {
        "amount": "1,000", "way": "count", "most": "1", "title_zh": "公园", "title_en": "Park",
        "summary_zh": "选", "summary_en": "Choose", "projects": "# <b>灯</b> | 600\n亮\n# 椅 | 500",
        "opens_on-year": today.year, "opens_on-month": today.month, "opens_on-day": today.day,
        "closes_on-year": end.year, "closes_on-month": end.month, "closes_on-day": end.day,
    }  # fmt: skip
    for wrong in ({"projects": "灯"}, {"amount": "许多"}, {"most": ""}):
        assert head.post("/desk/talking/budgets/new/", {**sent, **wrong}).status_code == 422
    address = head.post("/desk/talking/budgets/new/", sent).headers["Location"]
    assert head.post(f"{address}put-out/").status_code == 302
    made, person = Budget.objects.get().pk, signed_in(a_citizen())
    page = f"/mailbox/budgets/{made}/"
    for status, chosen in ((422, ["1", "2"]), (302, ["2"]), (422, ["1"])):
        BUDGET_PACE.forget()
        assert person.post(f"{page}vote/", {"chosen": chosen}).status_code == status
    assert head.post(f"{address}hand-out/", {"resident_id": "1"}).status_code == 422
    Budget.objects.update(opens_on=today - timedelta(days=3), closes_on=today - timedelta(days=1))
    assert "清点完成之前不显示结果" in client.get(page).content.decode()
    assert head.post(address, {"papers": "1"}).status_code == 422
    assert head.post(address, {"papers": ""}).status_code == 302
    for prefix, said in (("", "列入"), ("/en", "Paid for")):
        shown = client.get(f"{prefix}{page}").content.decode()
        assert said in shown
        assert "&lt;b&gt;灯&lt;/b&gt;" in shown
        assert client.get(f"{prefix}/mailbox/budgets/").status_code == 200


def test_b33_the_search_finds_a_vote_on_a_budget_by_its_projects():
    source = SOURCES.get("consultation")
    draft, before = a_budget(is_out=False), source.mark()
    made = a_budget()

    assert source.mark() != before
    (found,) = source.documents({f"budget-{made}", f"budget-{draft}"})
    assert found.address == f"/mailbox/budgets/{made}/"
    assert all(project.title in found.text for project in api.public_budget(made, at=DURING).projects)
