"""A look needs a grant, a purpose and its fields; it leaves a trace that the person can read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from yiwang.exchange.api import (
    PURPOSE_CHECKS,
    own_trace,
    person_reference,
    request_data,
    request_own_data,
    revoke_grant,
    trace_of,
)
from yiwang.exchange.contracts import (
    FieldsNotGranted,
    GrantNotInForce,
    LookKind,
    NoGrant,
    OwnDataOnly,
    Purpose,
    PurposeRefused,
    QuotaExhausted,
    ResourceNotFound,
    ResourceNotShared,
)
from yiwang.exchange.evidence import evidence_of
from yiwang.exchange.models import GrantDay, Resource, TraceLine
from yiwang.exchange.testing import KNOWN_ID
from yiwang.identity.people_records import new_person
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.trust import api as trust
from yiwang.trust.models import LedgerLeaf

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CASE = Purpose(kind="case", reference="TZ-2026-000123")
CITIZEN = Actor(kind="citizen", account_id=90, person_id=5, name="李明")


def ask(actor, **changes):
    facts = {"resource": "person_for_tests", "key": KNOWN_ID, "fields": ("name",), "purpose": CASE, "at": AT}
    return request_data(actor=actor, **(facts | changes))


def refused(journal_reason: str) -> None:
    """A refusal is in the journal and left nothing else."""
    last = JournalEntry.objects.order_by("-id").values_list("operation", "outcome", "reason")[0]
    assert last == ("exchange.data.request", "refused", journal_reason)
    assert TraceLine.objects.count() == 0
    assert GrantDay.objects.count() == 0


def test_a_granted_look_gives_the_fields_and_leaves_a_trace(grant_of, asker):
    grant = grant_of()

    answer = ask(asker)

    assert (answer.values, answer.version) == ({"name": "李明"}, 3)
    line = TraceLine.objects.get()
    assert (line.pk, line.organisation, line.account_id, line.system) == (
        answer.trace_id, "construction", 21, "",
    )  # fmt: skip
    assert (line.resource, line.fields, line.grant_id, line.size) == (
        "person_for_tests", ["name"], grant.id, 1,
    )  # fmt: skip
    assert line.subject == person_reference(KNOWN_ID)
    assert KNOWN_ID not in str(vars(line))
    assert GrantDay.objects.values_list("grant_id", "day", "used").get() == (grant.id, date(2026, 3, 2), 1)
    done = JournalEntry.objects.order_by("-id")[0]
    assert (done.operation, done.subject, done.outcome, done.detail) == (
        "exchange.data.request", "resource:person_for_tests", "done", {"trace": line.pk},
    )  # fmt: skip


def test_the_person_reads_who_looked_in_words(grant_of, asker):
    grant_of()
    ask(asker)

    (entry,) = trace_of(person_reference(KNOWN_ID))

    assert (entry.at, entry.organisation, entry.by_machine, entry.kind, entry.size) == (
        AT, "construction", False, LookKind.REQUEST, 1,
    )  # fmt: skip
    assert entry.resource_title == Text("测试人口信息", "Person for tests")
    assert entry.field_titles == (Text("姓名", "Name"),)
    assert entry.purpose_text == Text("办理办件 TZ-2026-000123", "To handle the case TZ-2026-000123")
    assert trace_of(person_reference("440103198001011234")) == []
    assert trace_of("") == []


def test_nobody_by_that_number_is_an_answer_and_a_trace_of_having_asked(grant_of, asker):
    grant_of()

    answer = ask(asker, key="440103198001011234")

    assert answer.values is None
    assert TraceLine.objects.values_list("size", "subject").get() == (
        0, person_reference("440103198001011234"),
    )  # fmt: skip


def test_without_a_grant_nothing_is_given(catalogue, asker):
    with pytest.raises(NoGrant) as error:
        ask(asker)

    assert error.value.sentence.en == "construction holds no grant to look at “person_for_tests” for “case”."
    refused("exchange.no_grant")


def test_a_grant_for_another_purpose_or_organisation_is_none(grant_of, asker):
    grant_of(purpose="statistics")
    grant_of(grantee="planning")

    with pytest.raises(NoGrant):
        ask(asker)
    refused("exchange.no_grant")


@pytest.mark.parametrize(
    ("at", "in_force"),
    [
        (datetime(2026, 1, 3, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 3, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), False),
    ],
    ids=["day before", "first instant", "last instant", "day after"],
)
def test_a_grant_counts_from_its_first_to_its_last_day_in_beijing(grant_of, asker, at, in_force):
    grant_of()

    if in_force:
        assert ask(asker, at=at).values == {"name": "李明"}
    else:
        with pytest.raises(GrantNotInForce):
            ask(asker, at=at)
        refused("exchange.grant_not_in_force")


def test_a_revoked_grant_covers_nothing_from_then_on(grant_of, asker, owner):
    grant = grant_of()
    ask(asker)
    revoke_grant(actor=owner, at=AT, grant=grant.id, because="职能调整")

    with pytest.raises(GrantNotInForce):
        ask(asker)

    assert TraceLine.objects.count() == 1


def test_more_fields_than_granted_are_named_and_none_is_given(grant_of, asker):
    grant_of()

    with pytest.raises(FieldsNotGranted) as error:
        ask(asker, fields=("name", "birth_date"))

    assert error.value.fields == "birth_date"
    refused("exchange.fields_not_granted")


@pytest.mark.parametrize("fields", [(), ("colour",)], ids=["none", "unknown"])
def test_no_field_or_an_unknown_one_is_refused(grant_of, asker, fields):
    grant_of()

    with pytest.raises(FieldsNotGranted):
        ask(asker, fields=fields)
    refused("exchange.fields_not_granted")


@pytest.mark.parametrize(
    "purpose",
    [
        Purpose(kind="curiosity", reference="x"),
        Purpose(kind="case"),
        Purpose(kind="case", reference="  "),
        Purpose(kind="case", reference="给张三查 11010519491231002X"),
        Purpose(kind="own_application"),
        Purpose(kind="own_duty", reference="整理"),
    ],
    ids=["unknown", "no case", "blank case", "identity number inside", "citizens only", "owners only"],
)
def test_a_purpose_that_does_not_hold_is_refused(grant_of, asker, purpose):
    grant_of()

    with pytest.raises(PurposeRefused):
        ask(asker, purpose=purpose)
    refused("exchange.purpose_refused")


def test_a_case_that_is_not_at_this_organisation_is_no_purpose(grant_of, asker):
    grant_of()

    def in_hand(actor, purpose, *, organisation, at):
        return (organisation, purpose.reference) == ("construction", "TZ-2026-000123")

    with PURPOSE_CHECKS.temporarily("case", in_hand):
        assert ask(asker).values == {"name": "李明"}
        with pytest.raises(PurposeRefused):
            ask(asker, purpose=Purpose(kind="case", reference="TZ-2026-000999"))

    assert TraceLine.objects.count() == 1


def test_the_quota_ends_the_day_and_begins_again_the_next(grant_of, asker):
    grant = grant_of(quota_per_day=2)
    ask(asker)
    ask(asker)

    with pytest.raises(QuotaExhausted) as error:
        ask(asker)
    tomorrow = ask(asker, at=AT + timedelta(days=1))

    assert (error.value.quota, error.value.status) == (2, 429)
    assert tomorrow.values == {"name": "李明"}
    assert list(GrantDay.objects.order_by("day").values_list("grant_id", "used")) == [
        (grant.id, 2), (grant.id, 1),
    ]  # fmt: skip
    assert TraceLine.objects.count() == 3


def test_the_row_filter_hides_rows_of_other_districts(grant_of, asker):
    grant_of(row_filter={"division": ["440106"]})

    assert ask(asker).values is None


def test_a_resource_that_is_not_shared_is_for_its_owner(catalogue, asker, owner):
    Resource.objects.update(definition=Resource.objects.get().definition | {"sharing": "not_shared"})

    with pytest.raises(ResourceNotShared):
        ask(asker)
    refused("exchange.resource_not_shared")
    assert ask(owner).values == {"name": "李明"}


def test_an_unknown_resource_is_not_found(catalogue, asker):
    with pytest.raises(ResourceNotFound):
        ask(asker, resource="nothing")
    refused("exchange.resource_not_found")


def test_an_officer_without_the_role_is_refused(grant_of):
    grant_of()
    nobody = Actor(kind="officer", account_id=8, organisation="construction", roles=frozenset())

    with pytest.raises(OperationNotAllowed):
        ask(nobody)
    refused("platform.operation_not_allowed")


def test_an_officer_cannot_ask_in_the_name_of_another_organisation(grant_of):
    grant_of()
    stranger = Actor(kind="officer", account_id=8, organisation="planning", roles=frozenset({"handler"}))

    with pytest.raises(NoGrant) as error:
        ask(stranger, organisation="construction")
    assert error.value.organisation == "planning"


def test_a_machine_asks_for_the_department_whose_case_it_checks(grant_of):
    grant_of()

    ask(Actor.system("case-checks"), organisation="construction")

    (entry,) = trace_of(person_reference(KNOWN_ID))
    assert (entry.organisation, entry.by_machine) == ("construction", True)


def test_a_citizen_fills_in_the_own_form_with_the_own_data(catalogue):
    own = Purpose(kind="own_application")
    person = new_person(name="李明", resident_id=KNOWN_ID, phone="", synthetic=True, at=AT)
    citizen = Actor(kind="citizen", account_id=90, person_id=person.pk)

    answer = ask(citizen, purpose=own)
    (entry,) = own_trace(actor=citizen)
    with pytest.raises(OwnDataOnly):
        ask(citizen, purpose=own, key="440103198001011234")

    assert answer.values == {"name": "李明"}
    assert (entry.kind, entry.organisation) == (LookKind.OWN_DATA, "")
    assert entry.purpose_text.en == "You asked for it yourself, to fill in an application"
    assert TraceLine.objects.count() == 1


def test_a_citizen_need_not_type_the_own_number(catalogue):
    person = new_person(name="李明", resident_id=KNOWN_ID, phone="", synthetic=True, at=AT)
    citizen = Actor(kind="citizen", account_id=90, person_id=person.pk)

    answer = request_own_data(
        actor=citizen, at=AT, resource="person_for_tests", fields=("name", "birth_date")
    )

    assert answer.values == {"name": "李明", "birth_date": "1949-12-31"}
    (entry,) = own_trace(actor=citizen)
    assert (entry.kind, entry.fields) == (LookKind.OWN_DATA, ("name", "birth_date"))
    with pytest.raises(OwnDataOnly):
        request_own_data(actor=CITIZEN, at=AT, resource="person_for_tests", fields=("name",))
    assert TraceLine.objects.count() == 1


def test_an_officer_has_no_own_data_here(grant_of, asker):
    grant_of()

    with pytest.raises(PurposeRefused):
        request_own_data(actor=asker, at=AT, resource="person_for_tests", fields=("name",))
    refused("exchange.purpose_refused")


def test_a_citizen_whose_identity_is_not_known_gets_nothing(catalogue):
    with pytest.raises(OwnDataOnly):
        ask(CITIZEN, purpose=Purpose(kind="own_application"))
    refused("exchange.own_data_only")


def test_a_citizen_cannot_ask_for_a_case(catalogue):
    with pytest.raises(PurposeRefused):
        ask(CITIZEN)
    refused("exchange.purpose_refused")


def test_evidence_is_kept_in_the_same_transaction_or_nothing_is_given(grant_of, asker):
    grant_of()
    answer = ask(asker)
    closed = "ALTER TABLE trust_ledgerleaf ADD CONSTRAINT ledger_is_closed CHECK (false) NOT VALID"
    with connection.cursor() as cursor:
        cursor.execute(closed)
    with pytest.raises(IntegrityError):
        ask(asker)

    kept = TraceLine.objects.get()
    line = evidence_of(kept)
    leaf = LedgerLeaf.objects.get(subject=f"trace:{answer.trace_id}")
    assert (kept.pk, leaf.recorded_at) == (answer.trace_id, AT)
    assert trust.entry_matches(leaf.pk, line)
    assert set(line) == {
        "trace", "at", "organisation", "account", "kind", "subject", "resource", "fields", "purpose",
        "reference", "grant", "size",
    }  # fmt: skip
    assert KNOWN_ID not in str(line)
    assert "李明" not in str(line)
    assert TraceLine.objects.count() == 1
    assert GrantDay.objects.get().used == 1
