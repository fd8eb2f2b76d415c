"""A city whose people another department's system may ask for: for batches and subscriptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.test import Client as Browser
from django.utils import timezone

from yiwang.exchange.api import issue_client, issue_grant
from yiwang.exchange.clients.contracts import IssuedClient
from yiwang.exchange.contracts import GrantInfo
from yiwang.exchange.queries.clients import ROLES
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.api import enter_entry
from yiwang.registers.contracts import Written
from yiwang.registers.testing import a_person, an_officer

SYSTEM = Actor.system("tests")
WHY = {"kind": "enforcement", "reference": "K-1"}
LAW = Text("《测试法》第一条", "Law for tests, article 1")


@dataclass
class Asking:
    """A department's system with its grant and its token."""

    grant: GrantInfo
    issued: IssuedClient
    headers: dict[str, str]

    @property
    def actor(self) -> Actor:
        return Actor(
            kind="system", name=f"client:{self.issued.client.client_id}", organisation="construction",
            roles=ROLES,
        )  # fmt: skip


def people(number: int, *, at: datetime, **values: str) -> list[Written]:
    """So many people, recorded by the police."""
    police = an_officer("public_security", "handler", account=11)
    return [
        enter_entry(
            actor=police, at=at, register="persons", values={**a_person(nth), **values}, valid_from=at.date()
        )
        for nth in range(1, number + 1)
    ]


def keys(number: int) -> list[str]:
    return [str(a_person(nth)["id_number"]) for nth in range(1, number + 1)]


def a_grant(*, at: datetime, **changes: object) -> GrantInfo:
    words = {
        "actor": an_officer("public_security", "approver", account=31), "at": at, "resource": "person_basic",
        "grantee": "construction", "fields": ("id_number", "name", "residence_division"),
        "purpose": "enforcement", "legal_basis": LAW, "valid_from": date(2026, 1, 4),
        "valid_until": (timezone.now() + timedelta(days=400)).date(),
    } | changes  # fmt: skip
    return issue_grant(**words)


def asking(browser: Browser, *, at: datetime, **changes: object) -> Asking:
    """A grant, a client and a token for it."""
    grant = a_grant(at=at, **changes)
    issued = issue_client(actor=SYSTEM, at=at, organisation="construction", title=Text("系统", "System"))
    form = {
        "grant_type": "client_credentials", "client_id": issued.client.client_id,
        "client_secret": issued.secret,
    }  # fmt: skip
    token = browser.post(
        "/api/oauth/token", urlencode(form), content_type="application/x-www-form-urlencoded"
    ).json()["access_token"]
    return Asking(grant, issued, {"Authorization": f"Bearer {token}"})
