"""What is asked of a layer's features, read from a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from yiwang.maps.ogc.rules.boxes import Rectangle
from yiwang.maps.ogc.rules.systems import DEFAULT, System
from yiwang.maps.ogc.rules.times import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page of features. ``boxes`` None asks everywhere; an empty one nowhere."""

    system: System = DEFAULT
    limit: int = 10
    after: int = 0
    #: How many are passed over, for programs that count instead of following a link.
    skip: int = 0
    boxes: tuple[Rectangle, ...] | None = None
    box_system: System = DEFAULT
    span: Span | None = None
    filter: JsonValue = None
    filter_system: System = DEFAULT
    #: Properties by name with the value as it was written.
    equal: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[int, ...] | None = None
    is_counted: bool = False
