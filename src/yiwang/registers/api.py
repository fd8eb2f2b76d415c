"""The door of registers."""

from yiwang.registers.commands.amend_entry import amend_entry, record_amendment
from yiwang.registers.commands.enter_entry import enter_entry, record_entry
from yiwang.registers.commands.load_file import load_file
from yiwang.registers.commands.looked import leave_trace
from yiwang.registers.commands.open_entry import open_entry, open_entry_by_key, open_history
from yiwang.registers.commands.retire_entry import record_retirement, retire_entry
from yiwang.registers.entry_links import ENTRY_LINKS, EntryLink
from yiwang.registers.examples import enter_examples, read_examples
from yiwang.registers.kinds import named_in
from yiwang.registers.queries.change_grounds import (
    entries_about,
    ground_of_change,
    is_about,
    judge_change,
    subject_of,
    worded,
)
from yiwang.registers.queries.definitions import get_register, get_revision, list_registers
from yiwang.registers.queries.entries import Asked, find_public_entry, list_entries, preview_entry
from yiwang.registers.queries.loads import get_report
from yiwang.registers.queries.present import find_standing
from yiwang.registers.queries.rights import list_reach, masked_when_opened, may_write

__all__ = [
    "ENTRY_LINKS",
    "Asked",
    "EntryLink",
    "amend_entry",
    "enter_entry",
    "enter_examples",
    "entries_about",
    "find_public_entry",
    "find_standing",
    "get_register",
    "get_report",
    "get_revision",
    "ground_of_change",
    "is_about",
    "judge_change",
    "leave_trace",
    "list_entries",
    "list_reach",
    "list_registers",
    "load_file",
    "masked_when_opened",
    "may_write",
    "named_in",
    "open_entry",
    "open_entry_by_key",
    "open_history",
    "preview_entry",
    "read_examples",
    "record_amendment",
    "record_entry",
    "record_retirement",
    "retire_entry",
    "subject_of",
    "worded",
]
