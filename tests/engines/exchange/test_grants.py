"""The owner issues and revokes; a grant that contradicts itself is none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yiwang.exchange.api import get_grant, list_grants, revoke_grant
from yiwang.exchange.contracts import (
    FieldsNotGranted,
    GrantAlreadyRevoked,
    GrantInfo,
    GrantNotFound,
    GrantRefused,
)
from yiwang.exchange.models import Grant, Resource
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_a_grant_says_who_what_why_and_until_when(grant_of):
    grant = grant_of(quota_per_day=100, row_filter={"division": ["440103"]})

    assert grant == GrantInfo(
        id=grant.id,
        resource="person_for_tests",
        grantee="construction",
        fields=("division", "name"),
        purpose="case",
        legal_basis=Text("《建筑法》第八条", "Construction Law, article 8"),
        row_filter={"division": ("440103",)},
        valid_from=date(2026, 1, 4),
        valid_until=date(2026, 12, 31),
        quota_per_day=100,
        is_revoked=False,
    )
    assert get_grant(grant.id) == grant
    assert list_grants(grantee="construction") == [grant]
    assert list_grants(grantee="planning") == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"grantee": "public_security"}, "the grantee is missing or is the owner"),
        ({"purpose": "own_duty"}, "this is no purpose that a grant can have"),
        ({"purpose": "curiosity"}, "this is no purpose that a grant can have"),
        ({"legal_basis": Text("依据", " ")}, "the legal basis is missing"),
        ({"valid_until": date(2026, 1, 3)}, "it would end before it begins"),
        ({"quota_per_day": 0}, "the day's quota is not a positive number"),
        ({"row_filter": {"division": []}}, "a row filter without values lets nothing through"),
    ],
    ids=["owner", "not grantable", "unknown purpose", "no basis", "ends early", "no quota", "empty filter"],
)
def test_an_unsound_grant_is_refused(grant_of, changes, reason):
    with pytest.raises(GrantRefused) as error:
        grant_of(**changes)

    assert error.value.reason.en == reason
    assert Grant.objects.count() == 0


def test_fields_that_the_resource_lacks_cannot_be_granted(grant_of):
    for changes in ({"fields": ("name", "colour")}, {"row_filter": {"colour": ["red"]}}, {"fields": ()}):
        with pytest.raises(FieldsNotGranted):
            grant_of(**changes)
    assert Grant.objects.count() == 0


def test_what_is_shared_with_all_or_nobody_is_not_granted(grant_of):
    Resource.objects.update(definition=Resource.objects.get().definition | {"sharing": "not_shared"})

    with pytest.raises(GrantRefused):
        grant_of()
    assert Grant.objects.count() == 0


def test_only_the_owner_issues_and_revokes(grant_of):
    stranger = Actor(kind="officer", account_id=1, organisation="construction", roles=frozenset({"approver"}))
    grant = grant_of()

    with pytest.raises(OperationNotAllowed):
        grant_of(actor=stranger)
    with pytest.raises(OperationNotAllowed):
        revoke_grant(actor=stranger, at=AT, grant=grant.id, because="x")

    assert [row.is_revoked for row in list_grants()] == [False]


def test_a_revocation_has_a_reason_and_happens_once(grant_of, owner):
    grant = grant_of()

    with pytest.raises(GrantRefused):
        revoke_grant(actor=owner, at=AT, grant=grant.id, because=" ")
    assert revoke_grant(actor=owner, at=AT, grant=grant.id, because="职能调整").is_revoked is True
    with pytest.raises(GrantAlreadyRevoked):
        revoke_grant(actor=owner, at=AT, grant=grant.id, because="again")
    with pytest.raises(GrantNotFound):
        revoke_grant(actor=owner, at=AT, grant=0, because="none")
