"""What the API answers is what its document says, for requests made up by a machine: no 5xx, nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from yiwang.identity.testing import an_officer, sign_in
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import a_firm, a_person
from yiwang.server.wsgi import application

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
made_up = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.fixture
def city(base_registers, db):
    """The base registers, and the city's own law of who may do what."""
    police, registrar = an_officer("public_security"), an_officer("industry_commerce")
    enter_entry(actor=police, at=AT, register="persons", values=a_person())
    enter_entry(actor=registrar, at=AT, register="legal_entities", values=a_firm())
    return police


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    """A file of keys, one a line; anything else is sent as it is spelled."""
    return value if isinstance(value, bytes) else json.dumps(value, default=str).encode()


@pytest.mark.usefixtures("one_connection")
def test_visitors_get_declared_answers(city):
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations = [found.ok() for found in document.get_all_operations()]

    for operation in operations:

        @made_up
        @given(case=operation.as_strategy())
        def judge(case):
            # a value may fit the document and hold U+0000, which no body may: refused with 422, as declared
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        judge()

    assert len(operations) > 30


@made_up
@given(
    query=st.dictionaries(st.text(max_size=12), st.text(max_size=30), max_size=4),
    register=st.sampled_from(["persons", "legal_entities", "licences"]),
)
def test_any_query_of_an_officer_is_answered_or_refused(city, query, register):
    client = Client(raise_request_exception=True)
    sign_in(client, city)

    answer = client.get(f"/api/registers/{register}/entries", query)

    # the edge refuses U+0000 before any view (CharacterRefused)
    assert answer.status_code in ({400} if "\0" in "".join([*query, *query.values()]) else {200, 403, 422})
    if answer.status_code == 200:
        assert set(json.loads(answer.content)) == {
            "entries", "size", "after", "count", "count_policy", "count_is_exact",
        }  # fmt: skip
