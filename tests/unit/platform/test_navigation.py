"""Menus: order, permission, audience and the present entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from django.urls import path

from yiwang.kernel.text import Text
from yiwang.platform.web import navigation
from yiwang.platform.web.navigation import Entry, shown_entries


def nothing(request: HttpRequest) -> None:
    """A view that is never called."""


urlpatterns = [
    path("desk/", nothing, name="desk-home"),
    path("desk/inbox/", nothing, name="desk-inbox"),
    path("desk/inbox/late/", nothing, name="desk-late"),
]

HOME = Entry(key="home", title=Text("首页", "Home"), url_name="desk-home", order=1, area="desk")
INBOX = Entry(key="inbox", title=Text("待办", "Inbox"), url_name="desk-inbox", order=2, area="desk")
LATE = Entry(
    key="late", title=Text("超期", "Late"), url_name="desk-late", order=3, area="desk", count=lambda _: 4
)


class Reader:
    def __init__(self, *, is_authenticated: bool) -> None:
        self.is_authenticated = is_authenticated


@pytest.fixture(autouse=True)
def own_menu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "entries", navigation.Registry("navigation"))
    monkeypatch.setattr(navigation, "_checks", [])
    with override_settings(ROOT_URLCONF=__name__):
        yield


def keys(address: str, *, signed_in: bool = False) -> list[str]:
    request = RequestFactory().get(address)
    request.user = Reader(is_authenticated=signed_in)  # type: ignore[assignment]
    return [entry.key for entry in shown_entries("desk", request)]


def test_entries_stand_in_their_order_and_the_longest_match_is_current() -> None:
    for entry in (LATE, INBOX, HOME):
        navigation.register(entry)

    shown = shown_entries("desk", RequestFactory().get("/desk/inbox/late/7/"))

    assert [(entry.key, entry.current, entry.count) for entry in shown] == [
        ("home", False, None),
        ("inbox", False, None),
        ("late", True, 4),
    ]


def test_home_is_current_on_home_only() -> None:
    navigation.register(HOME)
    navigation.register(INBOX)

    assert [entry.current for entry in shown_entries("desk", RequestFactory().get("/desk/"))] == [True, False]
    assert [entry.current for entry in shown_entries("desk", RequestFactory().get("/desk/x/"))] == [
        False,
        False,
    ]


def test_an_operation_hides_the_entry_until_somebody_grants_it() -> None:
    navigation.register(replace(INBOX, operation="cases.task.read"))

    assert keys("/desk/") == []
    navigation.use_permission_check(lambda request, operation: operation == "cases.task.read")
    assert keys("/desk/") == ["inbox"]
    navigation.use_permission_check(lambda request, operation: False)
    assert keys("/desk/") == []


def test_guests_and_signed_in_readers_see_their_own_entries() -> None:
    navigation.register(replace(HOME, audience="guest"))
    navigation.register(replace(INBOX, audience="signed_in"))

    assert keys("/desk/") == ["home"]
    assert keys("/desk/", signed_in=True) == ["inbox"]


def test_a_key_registers_once() -> None:
    navigation.register(HOME)
    with pytest.raises(ValueError, match="registered twice"):
        navigation.register(HOME)
