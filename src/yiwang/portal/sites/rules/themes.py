"""The looks that a site may choose from; each is a class of the style sheet, its contrast checked."""

from __future__ import annotations

from enum import StrEnum


class Theme(StrEnum):
    """Named after what it looks like; the colours stand in ``theme/_sites.scss``."""

    PEARL = "pearl"
    KAPOK = "kapok"
    LEAF = "leaf"
    HARBOUR = "harbour"
    PLUM = "plum"
    EARTH = "earth"
