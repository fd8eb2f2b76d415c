"""The door of packs."""

from yiwang.packs.applied import Applied, applied_definitions, as_known, mentioning
from yiwang.packs.applying import carry_out_plan
from yiwang.packs.commands.apply_plan import apply_plan
from yiwang.packs.drawn import (
    drawn_by,
    drawn_definitions,
    find_drawn,
    keep_drawn,
    read_drawn,
    retire_drawn,
)
from yiwang.packs.kinds import KINDS
from yiwang.packs.loader import Loaded, load, read_source
from yiwang.packs.manifest import NAME as PACK_NAME
from yiwang.packs.models import AppliedPack
from yiwang.packs.plan import make_plan, plan_of_one
from yiwang.packs.reading import as_model, definition_of, digest_of, read_model, read_named
from yiwang.packs.strict_yaml import parse as parse_yaml
from yiwang.packs.wording import reason_of

__all__ = [
    "KINDS",
    "PACK_NAME",
    "Applied",
    "AppliedPack",
    "Loaded",
    "applied_definitions",
    "apply_plan",
    "as_known",
    "as_model",
    "carry_out_plan",
    "definition_of",
    "digest_of",
    "drawn_by",
    "drawn_definitions",
    "find_drawn",
    "keep_drawn",
    "load",
    "make_plan",
    "mentioning",
    "parse_yaml",
    "plan_of_one",
    "read_drawn",
    "read_model",
    "read_named",
    "read_source",
    "reason_of",
    "retire_drawn",
]
