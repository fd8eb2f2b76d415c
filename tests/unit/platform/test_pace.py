"""Who asks, and how fast."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from yiwang.platform.http.pace import Pace, address_of


@pytest.mark.parametrize(
    ("proxies", "said", "found"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9", "203.0.113.5"),
        (2, "198.51.100.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_what_a_believed_proxy_says_counts(settings, proxies, said, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    asked = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=said)

    assert address_of(asked) == found


def test_one_address_waits_and_another_does_not(settings, monkeypatch):
    monkeypatch.setattr("yiwang.platform.http.pace.monotonic", lambda: 1.0)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    pace = Pace(2)
    one, other = (RequestFactory().get("/", REMOTE_ADDR=f"192.0.2.{last}") for last in (1, 2))

    assert [pace.take(one), pace.take(one), pace.take(one), pace.take(other)] == [0, 0, 1, 0]
