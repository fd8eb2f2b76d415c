"""Industries by GB/T 4754-2017: sections (A to T) and divisions (A01 to T97), with their names.

Classes below a division are accepted by shape only; their 1,380 names come with a city's own code list.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from yiwang.kernel.text import Text


@cache
def industries() -> MappingProxyType[str, Text]:
    """Names by code, in the order of the standard."""
    source = files("yiwang.kernel").joinpath("industries.csv").read_text(encoding="utf-8")
    return MappingProxyType({code: Text(zh, en) for code, zh, en in csv.reader(source.splitlines())})
