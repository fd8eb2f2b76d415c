"""The door of packs."""

from yiwang.packs.applied import Applied, applied_definitions
from yiwang.packs.commands.apply_plan import apply_plan
from yiwang.packs.kinds import KINDS
from yiwang.packs.loader import Loaded, load, read_source
from yiwang.packs.manifest import NAME as PACK_NAME
from yiwang.packs.models import AppliedPack
from yiwang.packs.plan import make_plan
from yiwang.packs.reading import definition_of, digest_of, read_model
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
    "definition_of",
    "digest_of",
    "load",
    "make_plan",
    "parse_yaml",
    "read_model",
    "read_source",
    "reason_of",
]
