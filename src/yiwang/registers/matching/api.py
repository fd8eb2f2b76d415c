"""The door of matching. Nothing behind it loads DuckDB or Splink into this process."""

from yiwang.registers.matching.commands.ask_run import ask_run
from yiwang.registers.matching.commands.judge_pair import judge_pair
from yiwang.registers.matching.commands.open_rows import open_all_findings, open_doubts, open_findings
from yiwang.registers.matching.commands.settle_findings import settle_findings
from yiwang.registers.matching.orders import Order
from yiwang.registers.matching.performing import perform_run
from yiwang.registers.matching.process import MatchingFailed, match_files
from yiwang.registers.matching.queries.doubts import count_doubts
from yiwang.registers.matching.queries.findings import (
    is_operator,
    may_settle,
    tallies,
)
from yiwang.registers.matching.queries.matchings import get_matching, list_matchings, list_runs

__all__ = [
    "MatchingFailed",
    "Order",
    "ask_run",
    "count_doubts",
    "get_matching",
    "is_operator",
    "judge_pair",
    "list_matchings",
    "list_runs",
    "match_files",
    "may_settle",
    "open_all_findings",
    "open_doubts",
    "open_findings",
    "perform_run",
    "settle_findings",
    "tallies",
]
