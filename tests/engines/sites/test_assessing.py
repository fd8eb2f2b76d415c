"""The assessment of disclosure work: declared indicators, scores recounted from their rows, remarks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from yiwang.identity.testing import an_officer, sign_in
from yiwang.packs.api import load
from yiwang.packs.models import AppliedDefinition
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.portal.assessing.api import assessments, behind, write_remark
from yiwang.portal.assessing.definitions import Measure
from yiwang.portal.assessing.models import Remark
from yiwang.portal.assessing.rules.periods import Period, read_period
from yiwang.portal.openness.models import Item
from yiwang.portal.watching.models import SiteDay

pytestmark = pytest.mark.django_db
SITE, QUARTER = "environment", Period(2026, 1)
#: After the quarter, so that all that fell due in it is known.
ON = date(2026, 4, 20)


def an_item(number: int, made_on: date, published_on: date | None) -> Item:
    out = (
        datetime(published_on.year, published_on.month, published_on.day, 4, tzinfo=UTC)
        if published_on
        else None
    )
    return Item.objects.create(
        index_number=f"T-{number}", kind="other", organisation=SITE, category="rules",
        title={"zh": f"信息{number}", "en": f"Item {number}"}, summary={"zh": "", "en": ""},
        made_on=made_on, written_by=1, written_at=datetime(2026, 1, 1, tzinfo=UTC), published_at=out,
    )  # fmt: skip


@pytest.fixture
def measured(editors) -> None:
    """Three items in time, one late, one not out; of ten days of the site two failed."""
    loaded = load(ROOT / "packs", ["government_sites"]).or_refuse()
    wanted = loaded.definitions["assessment", "disclosure_work"]
    AppliedDefinition.objects.create(
        kind=wanted.kind, code=wanted.code, pack=wanted.pack, digest=wanted.digest, content=wanted.content,
        applied_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    made = date(2026, 1, 12)
    for number in range(3):
        an_item(number, made, made + timedelta(days=3))
    an_item(3, made, date(2026, 3, 30))
    an_item(4, made, None)
    # Not due within the quarter.
    an_item(5, date(2026, 3, 30), None)
    for day in range(10):
        SiteDay.objects.create(
            site=SITE, day=made + timedelta(days=day), taken_at=datetime(2026, 1, 30, tzinfo=UTC),
            state="overdue" if day < 2 else "warn",
        )  # fmt: skip


def test_b19_departments_are_assessed_by_what_happened_and_each_number_leads_to_its_rows(
    client: Client, editors, measured
):
    head = an_officer(SITE, roles={"approver"}, password="x")
    [found] = assessments(head, QUARTER, on=ON)
    lines = {line.measure: line for line in found.lines}
    published, fresh = lines[Measure.PUBLISHED_IN_TIME], lines[Measure.SITE_FRESH]
    assert (published.good, published.bad, str(published.score)) == (3, 2, "20.0")  # (60 - 50) / 50
    assert (fresh.good, fresh.bad, str(fresh.score)) == (8, 2, "60.0")  # (80 - 50) / 50
    # 25 and 20 of the weights count; the others have nothing to measure.
    assert [str(line.share) for line in (published, fresh)] == ["55.6", "44.4"]
    assert (str(found.total), found.grade.zh) == ("37.8", "不合格")
    for measure, line in lines.items():
        for good, count in ((True, line.good), (False, line.bad)):
            assert len(behind(head, SITE, QUARTER, measure, good=good, on=ON)) == count

    sign_in(client, head)
    page = client.get(reverse("assessing:one", args=[SITE]), {"period": "2026-Q1"}).content.decode()
    assert "37.8" in page
    rows = client.get(
        reverse("assessing:rows", args=[SITE, "site_fresh"]), {"period": "2026-Q1", "mark": "bad"}
    ).content.decode()
    assert rows.count("?day=2026-01-1") == 2


def test_the_assessed_see_and_remark_on_their_own_alone_and_the_assessor_on_all(
    client: Client, editors, measured
):
    stranger = an_officer("tourism", roles={"approver"}, password="x")
    assert assessments(stranger, QUARTER, on=ON) == ()
    at = datetime(2026, 4, 20, tzinfo=UTC)
    said = {"organisation": SITE, "period": QUARTER.key, "body": "公示系统故障两天，请扣除。"}
    with pytest.raises(OperationNotAllowed):
        write_remark(actor=stranger, at=at, **said)
    assert Remark.objects.count() == 0
    sign_in(client, stranger)
    assert client.get(reverse("assessing:one", args=[SITE])).status_code == 404

    watcher = an_officer("supervision", roles={"supervisor"}, password="x")
    assert [one.organisation for one in assessments(watcher, QUARTER, on=ON)] == [SITE]
    sign_in(client, an_officer(SITE, roles={"approver"}, password="x"))
    address = reverse("assessing:one", args=[SITE]) + "?period=2026-Q1"
    assert client.post(address, {"body": " "}).status_code == 422
    assert client.post(address, {"body": said["body"]}).status_code == 302
    assert said["body"] in client.get(address).content.decode()
    assert Remark.objects.get().period == "2026-Q1"


def test_a_period_is_a_quarter_or_a_year():
    assert read_period("2026-Q1") == QUARTER
    assert (QUARTER.first, QUARTER.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (Period(2026).first, Period(2026).last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [read_period(text) for text in ("2026-Q5", "26", "2026-1", "")] == [None] * 4
