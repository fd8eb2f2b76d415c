"""A definition with one of its parts put anew."""

from __future__ import annotations

from yiwang.maps.making.contracts import Part
from yiwang.platform.contracts import Json

#: What stays as it was begun: addresses and rights hang on it.
_FIXED = frozenset({"code", "register", "cases"})


def with_part(content: Part, part: Part) -> dict[str, Json]:
    """The whole; what a part says as null or as nothing goes."""
    put = {**content, **{key: value for key, value in part.items() if key not in _FIXED}}
    return {key: value for key, value in put.items() if value is not None and value not in ([], {})}
