"""Failed sign-ins lock a user name and an address alike, known or not, and the journal says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yiwang.identity.contracts import SignInLocked
from yiwang.identity.models import SignInState
from yiwang.identity.sign_in import count_failure, refuse_if_locked
from yiwang.identity.sign_in_records import forget_failures, purge_failures
from yiwang.identity.testing import NOON, an_account
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.django_db


def fail(times, username="chen", address="203.0.113.7"):
    for _ in range(times):
        count_failure(username=username, address=address, at=NOON)


def is_locked(username="chen", address="203.0.113.8", at=NOON):
    try:
        refuse_if_locked(username=username, address=address, at=at)
    except SignInLocked:
        return True
    return False


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_a_name_whether_or_not_anybody_has_it(known):
    account = an_account("chen") if known else None

    fail(4)
    assert is_locked() is False
    fail(1)

    assert is_locked() is True
    assert is_locked(" CHEN ") is True
    assert is_locked("huang") is False
    assert is_locked(at=NOON + timedelta(minutes=15)) is False
    entry = JournalEntry.objects.get()
    assert (entry.operation, entry.system, entry.subject) == (
        "identity.sign_in.lock",
        "sign_in",
        f"account:{account.pk}" if account else "sign_in:account",
    )


def test_an_address_that_tries_many_names_is_locked():
    for number in range(20):
        fail(1, username=f"name{number}")

    assert is_locked("huang", address="203.0.113.7") is True
    assert is_locked("huang", address="203.0.113.8") is False


def test_a_good_sign_in_clears_the_name_but_not_the_address():
    fail(4)
    forget_failures("chen")
    fail(4)

    assert is_locked() is False
    assert max(SignInState.objects.values_list("failures", flat=True)) == 8


def test_neither_names_nor_addresses_stand_in_the_table():
    fail(1)

    assert all(
        len(key) == 64 and "chen" not in key for key in SignInState.objects.values_list("key", flat=True)
    )


def test_old_rows_are_purged():
    fail(1)

    assert purge_failures(NOON + timedelta(minutes=29)) == 0
    assert purge_failures(NOON + timedelta(minutes=31)) == 2
