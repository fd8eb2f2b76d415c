"""The desk's page of nodes: orders are compared and decided, nodes withdrawn, by the city's administrator."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from yiwang.identity.testing import an_officer, sign_in
from yiwang.platform.contracts import Actor
from yiwang.platform.models import JournalEntry
from yiwang.trust import api as trust
from yiwang.trust.contracts import OrderState
from yiwang.trust.testing import NodeKeys

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PAGE = "/desk/exchange/nodes/"


@pytest.fixture
def order() -> OrderState:
    wanted = NodeKeys.generate().order("district-a", members=("labour",))
    return trust.order_certificates(actor=Actor.system("enrolment"), order=wanted, at=NOW)


def signed_in(client: Client, *roles: str, organisation: str = "informatization") -> Client:
    return sign_in(client, an_officer(organisation, roles=roles))


def state(order: OrderState) -> str:
    return trust.get_order(order.token).state


def test_d28_an_order_is_approved_once_its_fingerprint_was_compared(client, order):
    signed_in(client, "city_admin")
    page = client.get(PAGE).content.decode()
    assert " ".join(order.fingerprint[at : at + 4] for at in range(0, 32, 4)) in page

    hasty = client.post(f"{PAGE}orders/{order.id}/approve/")
    assert (hasty.status_code, state(order)) == (422, "pending")

    done = client.post(f"{PAGE}orders/{order.id}/approve/", {"compared": "yes"})
    assert (done.status_code, done["Location"], state(order)) == (302, PAGE, "issued")
    assert [node.node for node in trust.list_nodes(at=datetime.now(UTC))] == ["district-a"]

    again = client.post(f"{PAGE}orders/{order.id}/approve/", {"compared": "yes"})
    assert again.status_code == 409


def test_d28_an_order_is_refused_with_a_reason(client, order):
    signed_in(client, "city_admin")
    assert client.post(f"{PAGE}orders/{order.id}/refuse/").status_code == 422
    assert state(order) == "pending"

    done = client.post(f"{PAGE}orders/{order.id}/refuse/", {"reason": "fingerprint_differs"})

    assert (done.status_code, state(order)) == (302, "refused")
    act = JournalEntry.objects.filter(operation="trust.node.decide").order_by("-id")[0]
    assert act.detail == {"reason": "fingerprint_differs", "order": order.id, "state": "refused"}


def test_d28_a_node_is_withdrawn_at_the_desk(client, order):
    signed_in(client, "city_admin")
    client.post(f"{PAGE}orders/{order.id}/approve/", {"compared": "yes"})
    assert client.post(f"{PAGE}district-a/revoke/").status_code == 422

    done = client.post(f"{PAGE}district-a/revoke/", {"reason": "key_compromised"})

    assert (done.status_code, trust.list_nodes(at=datetime.now(UTC))) == (302, [])
    assert len(trust.revoked_serials()) == 2
    assert client.get(f"/en{PAGE}").status_code == 200


@pytest.mark.parametrize("role", ["handler", "approver", "auditor"])
def test_nobody_else_decides_on_nodes(client, order, role):
    signed_in(client, role)

    assert client.get(PAGE).status_code == 403
    for address in (f"orders/{order.id}/approve/", f"orders/{order.id}/refuse/", "district-a/revoke/"):
        answer = client.post(PAGE + address, {"compared": "yes", "reason": "not_agreed"})
        assert answer.status_code == 403
    assert (state(order), trust.list_nodes(at=datetime.now(UTC))) == ("pending", [])
