"""The door of addresses."""

from yiwang.maps.addresses.contracts import Found, Reading, Suggested
from yiwang.maps.addresses.queries.finding import find_address, find_addresses
from yiwang.maps.addresses.queries.reversing import addresses_at
from yiwang.maps.addresses.queries.rights import may_locate, require_locating
from yiwang.maps.addresses.queries.suggesting import suggest_addresses

__all__ = [
    "Found",
    "Reading",
    "Suggested",
    "addresses_at",
    "find_address",
    "find_addresses",
    "may_locate",
    "require_locating",
    "suggest_addresses",
]
