"""The word lists that come with the platform; a city's own ones stand beside or instead of them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from yiwang.portal.publishing.definitions import WordLists


@cache
def default_lists() -> WordLists:
    """The lists in ``data/words.yaml``: a beginning with sources, no complete dictionary."""
    source = files("yiwang.portal.publishing").joinpath("data/words.yaml").read_text(encoding="utf-8")
    return WordLists.model_validate(yaml.safe_load(source))
