"""Every address of the installation, asked by nobody, by a citizen and by an officer without a role.

Each answers in both languages with a page, a way to sign in, or a refusal; none breaks. What belongs to
the desk is never shown to people without a post.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from tests.layers import held

from yiwang.cases.testing import BODY, a_review_type, an_application
from yiwang.identity.models import Account, Division
from yiwang.identity.testing import an_account, an_officer
from yiwang.platform.web import navigation

pytestmark = pytest.mark.django_db
#: What a part of an address is filled with, by converter; nothing of the kind is there.
_FILLED = {
    "IntConverter": 987_654,
    "StringConverter": "nothing-such",
    "SlugConverter": "nothing-such",
    "PathConverter": "no/such.txt",
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
}
_PROPER = {200, 302, 303, 400, 401, 403, 404, 405, 409, 415, 422, 429}
_CLOSED = {302, 303, 401, 403, 404, 405}


@dataclass(frozen=True)
class Address:
    """A named address with something in each of its places."""

    name: str
    arguments: tuple[tuple[str, object], ...]

    def path(self, language: str) -> str:
        """As it is written in a language."""
        with translation.override(language):
            return reverse(self.name, kwargs=dict(self.arguments))


def _addresses(
    patterns: list[object], space: str = "", above: tuple[tuple[str, object], ...] = ()
) -> Iterator[Address]:
    for pattern in patterns:
        if not isinstance(pattern, URLPattern | URLResolver):
            continue
        filled = above + tuple(
            (name, _FILLED.get(type(converter).__name__, "nothing-such"))
            for name, converter in pattern.pattern.converters.items()
        )
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _addresses(pattern.url_patterns, inner, filled)
        elif pattern.name:
            yield Address(space + pattern.name, filled)


def _all() -> list[Address]:
    found = {address.name: address for address in _addresses(get_resolver().url_patterns)}
    return [found[name] for name in sorted(found)]


ADDRESSES = _all()


@pytest.fixture(scope="module")
def sessions(layers, django_db_blocker) -> Iterator[dict[str, Client]]:
    """Who asks: somebody unknown, a citizen, an officer of somewhere without any role."""
    found = {"nobody": Client(), "citizen": Client(), "officer": Client()}

    def sign_in() -> None:
        found["citizen"].force_login(an_account("a.citizen", password="a password"))
        officer = an_officer("water", roles=(), username="an.officer", password="a password")
        found["officer"].force_login(Account.objects.get(pk=officer.account_id))

    with held(sign_in, django_db_blocker):
        yield found


@pytest.fixture
def strangers(sessions: dict[str, Client]) -> dict[str, Client]:
    """Browsers of their own: one of the addresses signs them out."""
    found = {who: Client(raise_request_exception=False) for who in sessions}
    for who, client in found.items():
        client.cookies = SimpleCookie({name: each.value for name, each in sessions[who].cookies.items()})
    return found


def test_addresses_are_found():
    assert len(ADDRESSES) >= 80
    assert {"desk:inbox", "account_login", "healthz"} <= {address.name for address in ADDRESSES}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_strangers_get_a_proper_answer(strangers, address: Address):
    for language, method in product(("zh-hans", "en"), ("get", "post")):
        path = address.path(language)
        for who, client in strangers.items():
            answer = getattr(client, method)(path)
            shown = f"{method.upper()} {path} by {who}: {answer.status_code}"
            assert answer.status_code in _PROPER | ({503} if address.name == "readyz" else set()), shown
            if "/desk/" in path and who != "officer":
                assert answer.status_code in _CLOSED, shown
            if answer.status_code == 302 and who == "nobody" and "/desk/" in path:
                assert "/account/login/" in answer.headers["Location"], shown


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_a_case_are_only_for_whom_it_concerns(strangers, language: str):
    Division.objects.create(code="440100", name_zh="广州市", name_en="Guangzhou", level="city")
    opened = an_application(a_review_type())
    an_officer(BODY, roles={"window"}, username="window")
    window = Client()
    window.force_login(Account.objects.get(username="window"))
    addresses = [
        a for a in ADDRESSES if a.name.startswith("desk:") and a.arguments == (("number", "nothing-such"),)
    ]
    assert len(addresses) >= 3

    for address in addresses:
        path = Address(address.name, (("number", opened.number),)).path(language)
        for who, client in strangers.items():
            answer = client.get(path)
            assert answer.status_code in _CLOSED, f"{path} by {who}"
            assert opened.number not in answer.headers.get("Location", "") or who == "nobody"
            assert "云谷数据中心" not in answer.content.decode(errors="replace")
        assert window.get(path).status_code == 200, path


def test_no_two_entries_of_a_menu_have_one_place():
    places = [(entry.area, entry.audience, entry.order) for _, entry in navigation.entries]

    assert [place for place, times in Counter(places).items() if times > 1] == []
