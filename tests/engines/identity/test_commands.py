"""Acts on people, firms, posts and stand-ins: who may, what is written, what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yiwang.identity import api
from yiwang.identity.contracts import (
    AlreadyEnded,
    AlreadyRegistered,
    DelegationToSelf,
    MandateKind,
    NotTheRepresentative,
    PackRole,
    PeriodReversed,
    PostingUnknown,
    Reach,
    RolesNotHeld,
    RoleUnknown,
    RoleView,
    StandingEnded,
)
from yiwang.identity.models import Account, Delegation, LegalEntity, Mandate, Person, Posting
from yiwang.identity.testing import (
    NOON,
    a_citizen,
    a_credit_code,
    a_firm,
    a_mandate,
    a_person,
    a_representative,
    a_resident_id,
    an_account,
    an_officer,
    an_organisation,
)
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ONLINE = Actor.system("registration")


@pytest.fixture
def admin():
    an_organisation("government")
    an_organisation("planning", parent="government")
    return an_officer("government", roles={"city_admin"}, name="管理员")


def last_journal():
    return JournalEntry.objects.order_by("-id").values_list("operation", "subject", "outcome").first()


def register(**changes):
    facts = {
        "username": "chen.xm",
        "password": "a good long password",
        "name": "陈小明",
        "resident_id": a_resident_id(7).lower(),
        "phone": "13800001234",
    }
    return api.register_citizen(actor=ONLINE, at=NOON, **(facts | changes))


def test_a_citizen_registers_and_is_found_again():
    account = Account.objects.get(pk=register())

    assert account.check_password("a good long password")
    found = api.find_person_by_resident_id(a_resident_id(7))
    assert (found.name, found.resident_id) == ("陈小明", f"440103********{a_resident_id(7)[14:]}")
    assert found.phone == "138****1234"
    assert last_journal() == ("identity.citizen.register", f"person:{account.person_id}", "done")


def test_the_number_is_nowhere_in_the_clear():
    register()

    row = Person.objects.values().get()
    number = a_resident_id(7)
    assert all(number not in str(value) and number.encode() not in bytes_of(value) for value in row.values())


def bytes_of(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "Chen Xiaoming"}, "username"),
        ({"name": "陈"}, "name"),
        ({"resident_id": "440103198001010000"}, "resident_id"),
        ({"phone": "12345"}, "phone"),
    ],
)
def test_faulty_fields_are_named_and_nothing_is_written(changes, field):
    with pytest.raises(InvalidInput) as refused:
        register(**changes)

    assert [problem.path for problem in refused.value.problems] == [field]
    assert Person.objects.count() == Account.objects.count() == 0


@pytest.mark.parametrize("changes", [{"username": "other"}, {"resident_id": a_resident_id(8)}])
def test_nobody_registers_twice(changes):
    register()

    with pytest.raises(AlreadyRegistered):
        register(**changes)
    assert Person.objects.count() == Account.objects.count() == 1


def record(**changes):
    window = an_officer("service_centre", roles={"window"})
    facts = {"name": "陈小明", "resident_id": a_resident_id(7), "phone": "13800001234"}
    return api.record_person(actor=window, at=NOON, **(facts | changes))


def test_whom_a_counter_recorded_comes_into_his_own_record():
    known = record()

    account = Account.objects.get(pk=register())

    assert account.person_id == known.id
    assert api.find_person_by_resident_id(a_resident_id(7)).id == known.id


@pytest.mark.parametrize("changes", [{"name": "黄小华"}, {"phone": "13900001234"}])
def test_nobody_comes_into_somebody_elses_record(changes):
    record()
    before = Account.objects.count()

    with pytest.raises(AlreadyRegistered):
        register(**changes)
    assert Account.objects.count() == before


def test_a_counter_does_not_learn_a_name_from_a_number():
    known = record()

    assert record() == known
    with pytest.raises(InvalidInput) as refused:
        record(name="黄小华")
    assert [problem.path for problem in refused.value.problems] == ["name"]
    assert "陈小明" not in str(refused.value.problems)


def test_a_citizen_does_not_register_others():
    with pytest.raises(OperationNotAllowed):
        api.register_citizen(
            actor=a_citizen(), at=NOON, username="x", password="y", name="z", resident_id="", phone=""
        )


def test_the_legal_representative_declares_a_firm():
    citizen = a_citizen(name="陈小明")

    entity_id = api.register_entity(
        actor=citizen,
        at=NOON,
        credit_code=a_credit_code(1),
        name="广州云山建材有限公司",
        legal_representative="陈小明",
        representative_id=citizen.person_id,
    )

    assert api.entity(entity_id).verified is False
    assert [firm.id for firm in api.entities_of(citizen.person_id, at=NOON)] == [entity_id]


def test_a_firm_is_not_taken_over_online():
    firm = a_firm()
    thief = a_citizen(name="陈小明")
    facts = {"name": firm.name, "legal_representative": "陈小明", "representative_id": thief.person_id}

    with pytest.raises(AlreadyRegistered):
        api.register_entity(actor=thief, at=NOON, credit_code=firm.credit_code, **facts)
    with pytest.raises(NotTheRepresentative):
        api.register_entity(
            actor=thief,
            at=NOON,
            credit_code=a_credit_code(900),
            **(facts | {"legal_representative": "黄小华"}),
        )
    assert (LegalEntity.objects.count(), Mandate.objects.count()) == (1, 0)


def test_a_counter_verifies_a_firm():
    window = an_officer("service_centre", roles={"window"})
    boss = a_person(name="黄小华")

    entity_id = api.register_entity(
        actor=window,
        at=NOON,
        credit_code=a_credit_code(2),
        name="广州珠江装饰有限公司",
        legal_representative="黄小华",
        representative_id=boss.id,
    )

    assert api.entity(entity_id).verified is True
    assert [m.kind for m in api.mandates_of(entity_id, at=NOON)] == [MandateKind.LEGAL_REPRESENTATIVE]


def test_the_representative_mandates_an_agent_and_revokes():
    boss = a_representative()
    agent = a_citizen(name="黄小华")
    made = api.grant_mandate(
        actor=boss,
        at=NOON,
        entity_id=boss.for_entity,
        person_id=agent.person_id,
        scope=["construction_permit"],
        ends_at=NOON + 30 * DAY,
    )

    assert api.mandate_includes(agent.person_id, boss.for_entity, "construction_permit", at=NOON) is True
    assert api.mandate_includes(agent.person_id, boss.for_entity, "company_start", at=NOON) is False
    account = Account.objects.get(pk=agent.account_id)
    key = f"entity:{boss.for_entity}"
    acting = api.actor_of_account(account, at=NOON, acting_for=key)
    with pytest.raises(NotTheRepresentative):
        api.grant_mandate(
            actor=acting, at=NOON, entity_id=boss.for_entity, person_id=a_citizen(name="林小玲").person_id
        )

    api.revoke_mandate(actor=boss, at=NOON + DAY, mandate_id=made)

    with pytest.raises(StandingEnded):
        api.actor_of_account(account, at=NOON + DAY, acting_for=key)
    with pytest.raises(AlreadyEnded):
        api.revoke_mandate(actor=boss, at=NOON + DAY, mandate_id=made)


def test_a_stranger_mandates_nobody():
    firm = a_firm()
    a_mandate(a_citizen(), firm)
    stranger = a_citizen(name="黄小华")

    with pytest.raises(OperationNotAllowed):
        api.grant_mandate(actor=stranger, at=NOON, entity_id=firm.id, person_id=stranger.person_id)
    with pytest.raises(OperationNotAllowed):
        api.revoke_mandate(actor=stranger, at=NOON, mandate_id=Mandate.objects.get().pk)
    assert Mandate.objects.filter(revoked_at=None).count() == 1


def appoint(admin, **changes):
    facts = {
        "account_id": an_account().pk,
        "organisation": "planning",
        "title": Text("科长", "Section chief"),
        "roles": ["handler", "approver"],
    }
    return api.appoint_officer(actor=admin, at=NOON, **(facts | changes))


def test_an_officer_is_appointed_and_leaves(admin):
    posting = Posting.objects.get(pk=appoint(admin))

    officers = api.officers_of("planning", at=NOON, role="approver")
    assert [(o.account_id, o.post, o.roles) for o in officers] == [
        (posting.account_id, Text("科长", "Section chief"), {"handler", "approver"})
    ]

    api.end_posting(actor=admin, at=NOON + DAY, posting_id=posting.pk)
    assert api.officers_of("planning", at=NOON + DAY) == ()
    with pytest.raises(AlreadyEnded):
        api.end_posting(actor=admin, at=NOON + DAY, posting_id=posting.pk)


@pytest.mark.parametrize("role", ["emperor", "system"])
def test_only_declared_roles_are_given(admin, role):
    with pytest.raises(RoleUnknown):
        appoint(admin, roles=[role])
    assert Posting.objects.filter(organisation__code="planning").count() == 0


def test_only_an_administrator_appoints():
    approver = an_officer("planning", roles={"approver"})

    with pytest.raises(OperationNotAllowed):
        appoint(approver, roles=["city_admin"])


def test_a_role_of_a_pack_is_known_and_forgotten(admin):
    expert = RoleView(code="tree_expert", title=Text("古树专家", "Tree expert"), reach=Reach.OWN)
    declared = PackRole(role=expert, operations=frozenset({"identity.person.reveal"}))

    assert api.pack_role_faults([declared]) == ()
    api.set_pack_roles("old_trees", [declared])
    assert expert in api.roles()
    appoint(admin, roles=["tree_expert"])

    api.set_pack_roles("old_trees", [])
    assert expert not in api.roles()


def test_a_pack_names_no_unknown_operation():
    role = RoleView(code="system", title=Text("系统", "System"), reach=Reach.OWN)

    assert api.pack_role_faults([PackRole(role=role, operations=frozenset({"no.such.thing"}))]) == (
        "'system' is reserved for machines",
        "role 'system': there is no operation 'no.such.thing'",
    )


@pytest.fixture
def colleagues():
    away = an_officer("planning", roles={"handler", "approver"}, name="王局")
    deputy = an_officer("planning", roles={"handler"}, name="李科")
    return away, deputy, Posting.objects.get(account_id=away.account_id).pk


def stand_in(colleagues, **changes):
    away, deputy, posting = colleagues
    facts = {
        "actor": away,
        "at": NOON,
        "posting_id": posting,
        "to_account_id": deputy.account_id,
        "roles": ["approver"],
        "starts_at": NOON + DAY,
        "ends_at": NOON + 5 * DAY,
    }
    return api.delegate(**(facts | changes))


def test_a_stand_in_acts_between_the_dates_and_the_journal_knows_for_whom(colleagues):
    away, deputy, posting = colleagues
    made = stand_in(colleagues)
    account = Account.objects.get(pk=deputy.account_id)
    acting = api.actor_of_account(account, at=NOON + 2 * DAY, acting_for=f"delegation:{made}")
    assert (acting.roles, acting.delegated_by) == ({"approver"}, away.account_id)

    with pytest.raises(OperationNotAllowed):
        api.delegate(
            actor=acting,
            at=NOON + 2 * DAY,
            posting_id=posting,
            to_account_id=an_officer("planning").account_id,
            roles=["approver"],
            starts_at=NOON + 2 * DAY,
            ends_at=NOON + 3 * DAY,
        )
    refusal = JournalEntry.objects.latest("id")
    assert (refusal.account_id, refusal.delegated_by, refusal.outcome) == (
        deputy.account_id,
        away.account_id,
        "refused",
    )

    api.end_delegation(actor=away, at=NOON + 3 * DAY, delegation_id=made)
    with pytest.raises(StandingEnded):
        api.actor_of_account(account, at=NOON + 3 * DAY, acting_for=f"delegation:{made}")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"roles": ["supervisor"]}, RolesNotHeld),
        ({"roles": []}, RolesNotHeld),
        ({"ends_at": NOON}, PeriodReversed),
        ({"posting_id": 0}, PostingUnknown),
    ],
)
def test_a_faulty_delegation_is_refused(colleagues, changes, refusal):
    with pytest.raises(refusal):
        stand_in(colleagues, **changes)
    assert Delegation.objects.count() == 0


def test_nobody_delegates_to_himself_or_to_strangers(colleagues):
    away, deputy, _ = colleagues
    with pytest.raises(DelegationToSelf):
        stand_in(colleagues, to_account_id=away.account_id)
    with pytest.raises(PostingUnknown):
        stand_in(colleagues, to_account_id=an_officer("parks").account_id)
    with pytest.raises(PostingUnknown):
        stand_in(colleagues, to_account_id=a_citizen().account_id)
    with pytest.raises(OperationNotAllowed):
        stand_in(colleagues, actor=deputy, to_account_id=deputy.account_id)
    assert Delegation.objects.count() == 0


def test_an_account_is_linked_once(admin):
    account, person = an_account(), a_person()

    api.link_person(actor=admin, at=NOON, account_id=account.pk, person_id=person.id)

    assert Account.objects.get(pk=account.pk).person_id == person.id
    with pytest.raises(AlreadyRegistered):
        api.link_person(actor=admin, at=NOON, account_id=account.pk, person_id=a_person().id)


def test_a_full_number_is_shown_for_a_purpose_and_journalled():
    window = an_officer("service_centre", roles={"window"})
    person = a_person(resident_id=a_resident_id(55))

    shown = api.reveal_resident_id(actor=window, at=NOON, person_id=person.id, purpose="case:12")

    assert shown == a_resident_id(55)
    entry = JournalEntry.objects.latest("id")
    assert (entry.subject, entry.detail) == (f"person:{person.id}", {"purpose": "case:12"})
    with pytest.raises(OperationNotAllowed):
        api.reveal_resident_id(actor=an_officer("planning"), at=NOON, person_id=person.id, purpose="case:12")


def test_recovery_gives_a_first_password_once(admin):
    account = an_account("chen", password="forgotten password")

    password = api.recover_account(actor=admin, at=NOON, account_id=account.pk)

    found = Account.objects.get(pk=account.pk)
    assert found.check_password(password)
    assert found.must_change_password is True
    assert last_journal() == ("identity.account.recover", f"account:{account.pk}", "done")
    assert password not in str(JournalEntry.objects.latest("id").detail)
    with pytest.raises(OperationNotAllowed):
        api.recover_account(actor=an_officer("planning"), at=NOON, account_id=account.pk)
