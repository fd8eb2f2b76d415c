"""The catalogue for programs: what the document says is what is answered; only what is published."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from yiwang.portal.openness.models import Item, PublicAnswer
from yiwang.server.wsgi import application

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
made_up = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.usefixtures("one_connection")
def test_b24_programs_get_what_the_document_says(catalogue):
    PublicAnswer.objects.create(
        number="YSQ-1", organisation="parks", state="published", result={"zh": "予以公开", "en": "Granted"},
        subject="公园规划", asked="规划", released="全文", received_on=date(2026, 11, 2),
        answered_on=date(2026, 11, 9), decided_by=1, decided_at=AT,
    )  # fmt: skip
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", application).include(
        path_regex="^/api/openness"
    )
    operations = [found.ok() for found in document.get_all_operations()]

    for operation in operations:

        @made_up
        @given(case=operation.as_strategy())
        def judge(case):
            # a value may fit the document and hold U+0000, which the edge refuses
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        judge()

    assert len(operations) == 6


def test_b24_pages_follow_each_other_and_are_not_fetched_twice(catalogue, client):
    first = client.get("/api/openness/items?limit=5").json()
    second = client.get(f"/api/openness/items?limit=5&after={first['after']}").json()
    numbers = [item["index_number"] for item in first["items"] + second["items"]]
    assert (len(numbers), len(set(numbers)), second["after"]) == (8, 8, None)
    # made, and not published
    assert "GZ03/2026-00002" not in numbers
    waiting = Item.objects.get(index_number="GZ03/2026-00002")
    assert client.get(f"/api/openness/items/{waiting.pk}").status_code == 404

    old = Item.objects.get(index_number="GZ20/2019-00004").pk
    states = [
        client.get(f"/api/openness/policies/{old}/state?on={day}").json()["state"]
        for day in ("2019-06-30", "2019-07-01", "2021-04-01", "2024-05-31", "2024-06-01")
    ]
    assert states == ["not_yet", "in_force", "amended", "amended", "replaced"]
    whole = client.get(f"/api/openness/items/{old}")
    assert [(act["kind"], act["done"]) for act in whole.json()["acts"]] == [
        ("amend", False),
        ("replace", False),
    ]
    again = client.get(f"/api/openness/items/{old}", headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
