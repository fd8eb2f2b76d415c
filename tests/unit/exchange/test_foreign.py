"""Entries of other catalogues, and addresses that are never asked."""

from __future__ import annotations

import pytest

from yiwang.exchange.rules.foreign import (
    ForeignEntry,
    all_public,
    choose,
    code_of,
    is_public,
    refuse_address,
    text_of,
)
from yiwang.kernel.text import Text

SITE = "https://city.example"


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:7f00:1::", "224.0.0.1", "ff02::1", "255.255.255.255", "nonsense", "",
    ],
)  # fmt: skip
def test_d33_addresses_of_the_inner_network_are_known(number):
    assert is_public(number) is False


@pytest.mark.parametrize("number", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_pass(number):
    assert is_public(number) is True


def test_one_inner_address_of_a_name_is_enough_to_refuse_it():
    assert all_public(["8.8.8.8", "10.0.0.1"]) is False
    assert all_public([]) is False


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "gopher://x/",
        "ftp://x/",
        "http:///x",
        "http://u:p@x/",
        "http://x:99999/",
        "x",
        "//x/y",
    ],
)
def test_d33_other_schemes_and_passwords_are_refused(address):
    assert refuse_address(address) is not None


def entry(identifier, title="数据", **changes):
    return ForeignEntry(identifier=identifier, titles={"": title} if title else {}, **changes)


def test_d33_each_entry_is_taken_once_and_conflicts_are_told():
    found = [
        entry("https://a.example/1"), entry("https://a.example/1"), entry(""),
        entry("https://a.example/2", ""), entry(f"{SITE}/catalogue/person_basic/"),
        entry("https://a.example/3", address=f"{SITE}/catalogue/x/"), entry("https://b.example/9"),
    ]  # fmt: skip

    taken, left = choose(found, site=SITE, elsewhere={"https://b.example/9": "older"})

    assert [one.identifier for one in taken] == ["https://a.example/1"]
    assert [one.reason.en for one in left] == [
        "the same catalogue lists it twice",
        "it has no identifier or no title",
        "it has no identifier or no title",
        "it is an entry of our own catalogue",
        "it is an entry of our own catalogue",
        "'older' lists it already",
    ]


def test_a_text_in_one_language_stands_for_both():
    assert text_of({"": "Trees"}, most=10) == Text("Trees", "Trees")
    assert text_of({"zh-Hans": "树", "en-GB": "Trees", "fr": "Arbres"}, most=10) == Text("树", "Trees")
    assert text_of({"en": " "}, most=10) is None


def test_codes_are_the_same_at_every_reading_and_differ_between_sources():
    assert code_of("a_b", "1") == code_of("a_b", "1") == "x-a-b-6b86b273ff34fce1"
    assert code_of("a_b", "1") != code_of("c", "1")
