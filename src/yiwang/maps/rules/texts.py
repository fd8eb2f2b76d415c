"""Values as forms send them."""

from __future__ import annotations


def text_of(value: object) -> str:
    """A single value as text; nothing is an empty one, and numbers lose a needless fraction.

    >>> text_of(None), text_of(True), text_of(3.0), text_of(2.5), text_of("x")
    ('', 'true', '3', '2.5', 'x')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
