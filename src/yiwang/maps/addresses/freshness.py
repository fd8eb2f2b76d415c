"""What was written to the registers waits for the worker, which alone spells names."""

from __future__ import annotations

from datetime import datetime

from yiwang.maps.addresses.contracts import ADDRESSES, NAMES
from yiwang.maps.addresses.models import Waiting
from yiwang.platform.contracts import Fact


def follow_entry(fact: Fact, *, at: datetime) -> None:
    """An entry was entered, amended or retired, or a file of them loaded."""
    register, _, entry = fact.subject.removeprefix("register:").partition(":")
    if register in (ADDRESSES, NAMES):
        Waiting.objects.create(register=register, entry=int(entry) if entry else None)
