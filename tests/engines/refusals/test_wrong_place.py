"""Acts of the engines around cases at the wrong place, version or state: refused, journalled, unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.engines.refusals.acts import acts
from tests.engines.refusals.calls_below import CALLS
from tests.engines.refusals.footprint import footprint, refused
from tests.engines.refusals.placeless import PLACELESS

from yiwang.exchange.api import PROVIDERS, PURPOSE_CHECKS
from yiwang.exchange.testing import OnePersonProvider, a_resource
from yiwang.identity.testing import an_organisation
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.django_db
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
_NOWHERE = 987_654_321
_NAMES = sorted(CALLS)


@pytest.fixture(autouse=True)
def _shared(base_registers, db) -> Iterator[None]:
    an_organisation("public_security")
    with (
        PROVIDERS.temporarily("one_person", OnePersonProvider()),
        PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True),
    ):
        a_resource(at=APPLIED)
        yield


def test_every_act_is_called_here_or_has_no_place():
    around = {act.name for act in acts() if not act.name.startswith("cases.")}

    assert set(CALLS) | PLACELESS == around
    assert not set(CALLS) & PLACELESS


@pytest.mark.parametrize("name", _NAMES)
def test_the_call_succeeds(name: str):
    call = CALLS[name]()
    before = footprint()

    call()

    line = JournalEntry.objects.order_by("-id")[0]
    assert (line.outcome, line.account_id) == ("done", call.actor.account_id)
    # To open an entry leaves a trace that the person concerned can read; the others write what they say.
    assert footprint() != before


@pytest.mark.parametrize("name", _NAMES)
def test_with_the_same_rights_somewhere_else(name: str):
    call = CALLS[name]()
    if call.elsewhere is None:
        return

    error = refused(call, actor=call.elsewhere)

    assert error.status in {403, 404, 409}


@pytest.mark.parametrize("name", _NAMES)
def test_when_it_is_too_late(name: str):
    call = CALLS[name]()
    if call.spoil is None:
        return
    call.spoil()

    assert refused(call).status in {403, 404, 409, 422}


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_not_there(name: str):
    call = CALLS[name]()
    for key in call.words:
        if key.endswith("_id") and key != "resident_id":
            nowhere = "nowhere" if isinstance(call.words[key], str) else _NOWHERE
            assert refused(call, **{key: nowhere}).status in {403, 404, 409}
        elif key in {"entry", "grant"}:
            assert refused(call, **{key: _NOWHERE}).status in {403, 404}
        elif key in {"register", "resource", "organisation"}:
            assert refused(call, **{key: "nowhere"}).status in {403, 404}


@pytest.mark.parametrize("name", ["registers.amend_entry", "registers.retire_entry"])
def test_what_was_looked_at_has_changed(name: str):
    assert refused(CALLS[name](), version=4711).status == 409
