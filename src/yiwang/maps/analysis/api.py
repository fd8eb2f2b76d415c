"""The door of analysis."""

from yiwang.maps.analysis.commands.check_ground import OPERATION, check_ground
from yiwang.maps.analysis.commands.make_long_study import make_long_study
from yiwang.maps.analysis.definitions import PipeFields
from yiwang.maps.analysis.queries.checks import Check, get_check, list_checks, may_check
from yiwang.maps.analysis.queries.declared import fields_of_pipes
from yiwang.maps.analysis.rules.dig_asking import read_asked

__all__ = [
    "OPERATION",
    "Check",
    "PipeFields",
    "check_ground",
    "fields_of_pipes",
    "get_check",
    "list_checks",
    "make_long_study",
    "may_check",
    "read_asked",
]
