"""Two officers at the same moment, in transactions of their own: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from time import sleep

from django.db import connection, transaction

from yiwang.exchange.api import issue_grant, request_data
from yiwang.exchange.batch_looks import charge
from yiwang.exchange.contracts import Answer, Purpose, QuotaExhausted
from yiwang.exchange.models import GrantDay, TraceLine
from yiwang.kernel.text import Text
from yiwang.registers.api import amend_entry, enter_entry
from yiwang.registers.contracts import EntryChanged, EntryRefused, KeyTaken, Written
from yiwang.registers.testing import a_firm, an_officer

from .exchanging import a_grant

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)


def at_once(*acts):
    """Run acts together in threads; gives what each returned or raised."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except (EntryChanged, KeyTaken, EntryRefused, QuotaExhausted) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_of_two_amendments_wins(committed_city):
    registrar = an_officer("industry_commerce")
    firm = enter_entry(actor=registrar, at=AT, register="legal_entities", values=a_firm())

    def amend(name):
        return lambda: amend_entry(
            actor=registrar, at=LATER, register="legal_entities", entry=firm.entry, version=1,
            values={"name": name}, kind="change",
        )  # fmt: skip

    outcomes = at_once(amend("甲"), amend("乙"))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["EntryChanged", "Written"]
    winner = "甲" if isinstance(outcomes[0], Written) else "乙"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, _version FROM reg.legal_entities")
        assert cursor.fetchall() == [(winner, 2)]
        cursor.execute("SELECT count(*) FROM reg.legal_entities_history")
        assert cursor.fetchone() == (1,)


def test_a_key_is_entered_once_whoever_comes_first(committed_city):
    def enter():
        return enter_entry(
            actor=an_officer("industry_commerce"), at=AT, register="legal_entities", values=a_firm()
        )

    outcomes = at_once(enter, enter, enter)

    assert sum(isinstance(outcome, Written) for outcome in outcomes) == 1
    assert all(isinstance(outcome, Written | KeyTaken | EntryRefused) for outcome in outcomes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reg.legal_entities")
        assert cursor.fetchone() == (1,)


def test_the_last_of_a_quota_is_taken_once(committed_city):
    issue_grant(
        actor=an_officer("service_centre", "approver"), at=AT, resource="licence_holder", grantee="planning",
        fields=("status",), purpose="case", legal_basis=Text("测试", "For tests"),
        valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31), quota_per_day=2,
    )  # fmt: skip

    def look():
        return request_data(
            actor=an_officer("planning"), at=LATER, resource="licence_holder", key="L1", fields=("status",),
            purpose=Purpose(kind="case", reference="TZ-1"),
        )  # fmt: skip

    outcomes = at_once(look, look, look, look)

    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 2
    assert sum(isinstance(outcome, QuotaExhausted) for outcome in outcomes) == 2
    assert GrantDay.objects.get().used == 2
    assert TraceLine.objects.count() == 2


def test_two_batches_at_once_both_count(committed_city):
    """A share that nobody has used yet is no row that could be locked before it is read."""
    grant, barrier = a_grant(at=AT, quota_per_day=6_400).id, Barrier(2)

    def first() -> None:
        with transaction.atomic():
            charge(grant, 150, 6_400, AT)
            barrier.wait(120)
            sleep(0.5)

    def second() -> None:
        barrier.wait(120)
        with transaction.atomic():
            charge(grant, 150, 6_400, AT)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(act_and_close, act) for act in (first, second)]:
            done.result()

    used = dict(GrantDay.objects.filter(grant_id=grant).values_list("slot", "used"))
    assert used == {0: 100, 1: 100, 2: 100}


def act_and_close(act: Callable[[], None]) -> None:
    try:
        act()
    finally:
        connection.close()
