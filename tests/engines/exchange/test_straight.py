"""The look in one statement beside the command: the same answers, refusals, trace lines and evidence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.exchange.api import (
    PURPOSE_CHECKS,
    SqlPurposeCheck,
    caller_of,
    issue_client,
    issue_grant,
    issue_token,
    look_straight,
    request_data,
    revoke_client,
    revoke_grant,
)
from yiwang.exchange.contracts import Purpose, TokenRefused
from yiwang.exchange.evidence import evidence_of
from yiwang.exchange.models import ClientToken, Grant, GrantDay, TraceLine
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import amend_entry, enter_entry
from yiwang.registers.testing import DefaultRolesGuard, a_person, an_officer
from yiwang.trust.api import entry_matches
from yiwang.trust.models import LedgerLeaf

BEGUN = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FIELDS = ("birth_date", "id_number", "name", "residence_division")
KEY = str(a_person()["id_number"])
OWNER = an_officer("public_security", "approver")
CASE = Purpose(kind="case", reference="TZ-1")
#: Holds for every reference but one, as the check of cases does for every case that is not open.
CHECK = SqlPurposeCheck("%(purpose_reference)s::text <> 'TZ-closed'")


@pytest.fixture
def city(base_registers, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    enter_entry(actor=an_officer("public_security"), at=BEGUN, register="persons", values=a_person())
    with PURPOSE_CHECKS.temporarily("case", CHECK):
        yield


def a_grant(**changes):
    facts = {
        "actor": OWNER, "at": BEGUN, "resource": "person_basic", "grantee": "construction",
        "fields": ("id_number", "name", "residence_division"), "purpose": "case",
        "legal_basis": Text("测试", "For tests"), "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
    }  # fmt: skip
    return issue_grant(**(facts | changes))


def a_caller(**changes):
    facts = {"organisation": "construction", "title": Text("审批系统", "Approvals")} | changes
    issued = issue_client(actor=Actor.system("tests"), at=BEGUN, **facts)
    found = issue_token(at=AT, address="203.0.113.9", client_id=issued.client.client_id, secret=issued.secret)
    return caller_of(found.token, at=AT)


def straight(caller, **changes):
    asked = {"at": AT, "resource": "person_basic", "key": KEY, "fields": ["name"], "purpose": CASE}
    return look_straight(caller=caller, **(asked | changes))


def by_command(caller, **changes):
    asked = {"at": AT, "resource": "person_basic", "key": KEY, "fields": ["name"], "purpose": CASE}
    return request_data(actor=caller.actor, **(asked | changes))


def written():
    """Everything that a look leaves, without the numbers that differ from one to the next."""
    lines = [
        {name: value for name, value in vars(line).items() if name not in ("_state", "id", "correlation")}
        for line in TraceLine.objects.order_by("id")
    ]
    journal = JournalEntry.objects.filter(outcome="done").order_by("id").values(
        "operation", "actor_kind", "account_id", "system", "organisation", "delegated_by", "subject", "at",
    )  # fmt: skip
    days = list(GrantDay.objects.order_by("grant_id", "day").values_list("grant_id", "day", "used"))
    return lines, list(journal), days


def test_d42_a_look_of_a_system_is_one_statement(city):
    grant, caller = a_grant(quota_per_day=10), a_caller()
    straight(caller)

    with CaptureQueriesContext(
        connection,
    ) as said:
        answer = straight(caller)

    assert len(said) == 1
    assert json.loads(answer.values) == {"name": "陈大文"}
    line = TraceLine.objects.get(pk=answer.trace_id)
    assert (line.organisation, line.system, line.grant_id, line.size) == (
        "construction", f"client:{caller.client.client_id}", grant.id, 1,
    )  # fmt: skip
    assert GrantDay.objects.get().used == 2
    done = JournalEntry.objects.order_by("-id")[0]
    assert (done.operation, done.outcome, done.detail, done.subject) == (
        "exchange.data.request", "done", {"trace": line.pk}, "resource:person_basic",
    )  # fmt: skip


def test_d42_the_leaf_commits_to_the_line_as_the_command_would(city):
    a_grant()
    caller = a_caller()

    for answer in (straight(caller), straight(caller, key="11010519491231002X")):
        line = TraceLine.objects.get(pk=answer.trace_id)
        leaf = LedgerLeaf.objects.get(subject=f"trace:{line.pk}", kind="exchange.looked")
        assert entry_matches(leaf.pk, evidence_of(line))
        assert leaf.recorded_at == line.at


_ASKED = st.fixed_dictionaries(
    {
        "valid_on": st.sampled_from([None, BEGUN.date(), BEGUN.date() - timedelta(days=1), AT.date()]),
        "fields": st.lists(st.sampled_from([*FIELDS, "phone", "nothing"]), max_size=3),
        "purpose": st.sampled_from(
            [
                CASE, Purpose(kind="case", reference="TZ-closed"), Purpose(kind="case"),
                Purpose(kind="statistics"), Purpose(kind="own_duty", reference="x"),
                Purpose(kind="own_application"), Purpose(kind="enforcement", reference="K-1"),
                Purpose(kind="nothing", reference=KEY),
            ]
        ),
        "key": st.sampled_from([KEY, KEY.lower(), f" {KEY} ", "11010519491231002X", "x", "\x00"]),
        "resource": st.sampled_from(["person_basic", "legal_entity_public", "licence_holder", "nothing"]),
        "at": st.sampled_from([AT, AT + timedelta(days=1), AT + timedelta(days=400)]),
    }
)  # fmt: skip
_GRANTS = st.lists(
    st.fixed_dictionaries(
        {
            "fields": st.lists(st.sampled_from(FIELDS), min_size=1, unique=True),
            "purpose": st.sampled_from(["case", "case", "statistics", "enforcement"]),
            "quota_per_day": st.sampled_from([None, 1, 2]),
            "row_filter": st.sampled_from(
                [None, {"residence_division": ["440103"]}, {"residence_division": ["440106", "4402"]}]
            ),
            "valid_until": st.sampled_from([date(2026, 3, 1), date(2026, 3, 2), date(2026, 12, 31)]),
            "grantee": st.sampled_from(["construction", "construction", "planning"]),
        }
    ),
    max_size=4,
)


def trial(act):
    """What an act gave or said, and what it left; then it is undone."""
    begun = transaction.savepoint()
    try:
        outcome = act()
    except YiwangError as error:
        outcome = error.code
    left = written()
    transaction.savepoint_rollback(begun)
    return outcome, left


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(grants=_GRANTS, looks=st.lists(_ASKED, min_size=1, max_size=4), bound=st.sampled_from([(), ("case",)]))
def test_d42_whatever_one_statement_answers_the_command_answers_alike(city, grants, looks, bound):
    begun = transaction.savepoint()
    for facts in grants:
        a_grant(**facts)
    caller = a_caller(purposes=bound)
    ClientToken.objects.update(expires_at=AT + timedelta(days=500))
    before = written()
    for asked in looks:
        mine, left = trial(lambda asked=asked: straight(caller, **asked))
        said, wanted = trial(lambda asked=asked: by_command(caller, **asked))
        if mine is None:
            assert left == before
            # only a row that itself tells whom it concerns is left to the command
            assert isinstance(said, str) or asked["resource"] == "licence_holder"
        else:
            assert (json.loads(mine.values), mine.version) == (said.values, said.version)
            assert left == wanted
    transaction.savepoint_rollback(begun)


def test_a_revoked_grant_ends_at_once(city):
    grant, caller = a_grant(), a_caller()
    assert straight(caller) is not None

    revoke_grant(actor=OWNER, at=AT, grant=grant.id, because="用途已结束")

    before = written()
    assert straight(caller) is None
    assert written() == before


def test_a_grant_changed_by_anybody_ends_what_is_remembered(city):
    caller = (a_grant(), a_caller())[1]
    assert straight(caller) is not None

    Grant.objects.update(fields=["id_number"])

    assert straight(caller) is None


def test_a_revoked_client_ends_at_once(city):
    caller = (a_grant(), a_caller())[1]
    assert straight(caller) is not None

    revoke_client(actor=Actor.system("tests"), at=AT, client_id=caller.client.client_id, because="系统停用")

    before = written()
    assert straight(caller) is None
    assert written() == before
    with pytest.raises(TokenRefused):
        by_command(caller)


def test_an_expired_token_gives_nothing(city):
    caller = (a_grant(), a_caller())[1]

    assert straight(caller, at=AT + timedelta(seconds=599)) is not None
    assert straight(caller, at=AT + timedelta(seconds=600)) is None


def test_the_row_is_that_of_the_same_instant(city):
    a_grant()
    caller = a_caller()
    straight(caller)
    amend_entry(
        actor=an_officer("public_security"), at=AT, register="persons", entry=_entry(), version=1,
        kind="change", values={"name": "陈小文"}, valid_from=AT.date(),
    )  # fmt: skip

    answer = straight(caller)

    assert (json.loads(answer.values), answer.version) == ({"name": "陈小文"}, 2)


def test_d5_the_row_of_a_day_is_one_statement_too_and_its_line_says_the_day(city):
    a_grant()
    caller = a_caller()
    amend_entry(
        actor=an_officer("public_security"), at=AT, register="persons", entry=_entry(), version=1,
        kind="change", values={"name": "陈小文"}, valid_from=AT.date(),
    )  # fmt: skip
    straight(caller, valid_on=AT.date())

    told = []
    for day in (BEGUN.date(), AT.date() - timedelta(days=1), AT.date(), BEGUN.date() - timedelta(days=1)):
        with CaptureQueriesContext(connection) as said:
            answer = straight(caller, valid_on=day)
        assert len(said) == 1
        line = TraceLine.objects.get(pk=answer.trace_id)
        assert line.valid_on == day
        assert entry_matches(LedgerLeaf.objects.get(subject=f"trace:{line.pk}").pk, evidence_of(line))
        told.append((json.loads(answer.values), answer.version))

    old, new = ({"name": "陈大文"}, 1), ({"name": "陈小文"}, 2)
    assert told == [old, old, new, (None, 0)]
    assert json.loads(straight(caller).values) == {"name": "陈小文"}


def _entry() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT _entry FROM reg.persons WHERE id_number = %s", [KEY])
        return cursor.fetchone()[0]
