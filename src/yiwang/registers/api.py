"""The door of registers."""

from yiwang.registers.address_books import ADDRESS_BOOK, ADDRESS_BOOKS, AddressBook, BookAddress
from yiwang.registers.address_choices import (
    AS_TYPED,
    WHICH_ADDRESS,
    PickedAddress,
    address_book,
    choosing,
    noted_address,
    percent,
    suggesting,
    typed_in,
)
from yiwang.registers.borders import BORDERS, DISTRICTS, Borders
from yiwang.registers.change_desks import CHANGE_DESK, CHANGE_DESKS, ChangeDesk, WantedChange
from yiwang.registers.commands.amend_entry import amend_entry, record_amendment
from yiwang.registers.commands.ask_export import ask_export
from yiwang.registers.commands.end_export import drop_old_exports, refuse_export
from yiwang.registers.commands.enter_entry import enter_entry, record_entry
from yiwang.registers.commands.fetch_export import fetch_export
from yiwang.registers.commands.find_duplicates import find_duplicates
from yiwang.registers.commands.load_file import load_file, record_file
from yiwang.registers.commands.load_intake import load_intake, refuse_intake
from yiwang.registers.commands.looked import leave_trace
from yiwang.registers.commands.make_export import make_export
from yiwang.registers.commands.measure_quality import measure_quality
from yiwang.registers.commands.merge_entries import merge_entries
from yiwang.registers.commands.open_entry import open_entry, open_entry_by_key, open_history
from yiwang.registers.commands.receive_file import begin_load, guessed_columns, proposed_place, receive_file
from yiwang.registers.commands.retire_entry import record_retirement, retire_entry
from yiwang.registers.commands.review_duplicates import Compared, compare_entries, dismiss_pair
from yiwang.registers.commands.see_change_notice import see_change_notice
from yiwang.registers.commands.undo_merge import undo_merge
from yiwang.registers.drafting.rules.asking import faults_of_pair
from yiwang.registers.drafting.rules.writing import as_text
from yiwang.registers.draw_grounds import DRAW_GROUND, DRAW_GROUNDS, draw_ground
from yiwang.registers.drawn import DRAWN_CHANGES
from yiwang.registers.drawn_sources import CASES, DRAWN_SOURCES, DrawnSource
from yiwang.registers.entry_links import ENTRY_LINKS, EntryLink
from yiwang.registers.examples import enter_examples, read_examples
from yiwang.registers.exporting.cut import Cut, DrawnRows
from yiwang.registers.exporting.writing import write_rows
from yiwang.registers.founding.contracts import FileColumn, FileNotSurveyed, FileSurvey, RowsRefused
from yiwang.registers.founding.founding import NUMBER as ROW_NUMBER
from yiwang.registers.founding.founding import SHAPE as ROW_SHAPE
from yiwang.registers.founding.founding import (
    SentFile,
    WantedColumn,
    WantedRegister,
    found_register,
    free_register,
)
from yiwang.registers.founding.surveying import survey_file
from yiwang.registers.geographic import CGCS2000, FILE_SYSTEMS, refuse_unfit_system
from yiwang.registers.geographic import SYSTEMS as EXPORT_SYSTEMS
from yiwang.registers.ground_checks import (
    GROUND_CHECK,
    GROUND_CHECKS,
    CheckOffer,
    GroundAsked,
    MadeCheck,
    ground_check,
)
from yiwang.registers.kinds import named_in
from yiwang.registers.layer_files import LAYER_FILE, LAYER_FILES, layer_title
from yiwang.registers.loading.addressed import Placing
from yiwang.registers.loading.arrival import Gauge as LoadGauge
from yiwang.registers.loading.arrival import append as append_to_load
from yiwang.registers.loading.arrival import folder as load_folder
from yiwang.registers.loading.arrival import put_away as put_load_away
from yiwang.registers.loading.arrival import received as received_of_load
from yiwang.registers.loading.arrival import told as told_of_load
from yiwang.registers.loading.opening import Opened as OpenedTable
from yiwang.registers.loading.records import CellFault, LineFault, Record
from yiwang.registers.mapping import Mapped, drawn_anew, keep_mapped, map_reach, mapped
from yiwang.registers.open_rows import open_rows
from yiwang.registers.pick_grounds import PICK_GROUND, PICK_GROUNDS, ListBeside, pick_ground
from yiwang.registers.picking import (
    Crossing,
    Picked,
    crossings,
    find_beside,
    find_picked,
    list_picked,
)
from yiwang.registers.plan_report import report_of
from yiwang.registers.queries.change_grounds import (
    entries_about,
    ground_of_change,
    is_about,
    judge_change,
    judge_new,
    subject_of,
    worded,
)
from yiwang.registers.queries.definitions import get_register, get_revision, list_registers
from yiwang.registers.queries.duplicates import (
    count_pairs,
    get_merge,
    get_pair,
    left_out,
    list_pairs,
    masked_values,
    merged_into,
)
from yiwang.registers.queries.entries import Asked, find_public_entry, list_entries, preview_entry
from yiwang.registers.queries.exports import (
    FORMS,
    WHILE_WAITING,
    asker_of,
    get_export,
    is_small,
    may_ask_export,
)
from yiwang.registers.queries.exports import folder as export_folder
from yiwang.registers.queries.impact import HitRow, hit_json
from yiwang.registers.queries.intakes import append_part, get_intake, sender_of
from yiwang.registers.queries.links import Link, links_of
from yiwang.registers.queries.loads import get_report
from yiwang.registers.queries.present import find_standing
from yiwang.registers.queries.quality import (
    QualityReport,
    defects_to_send,
    defects_to_settle,
    note_case,
    note_settled,
    quality_of,
    quality_reach,
)
from yiwang.registers.queries.revisions import (
    NoticeView,
    RevisionView,
    count_change_notices,
    get_revision_of,
    list_change_notices,
    list_revisions,
    state_of,
)
from yiwang.registers.queries.rights import list_reach, masked_when_opened, may_write, owns_register
from yiwang.registers.queries.straight_lists import PlainList, list_straight
from yiwang.registers.rules.field_kinds import RULES as KIND_RULES
from yiwang.registers.rules.outlines import Outline, outline_of
from yiwang.registers.rules.standard_codes import codes_of
from yiwang.registers.tables.city import outside_city, touches_city
from yiwang.registers.tallying import Tally, tallied

__all__ = [
    "ADDRESS_BOOK",
    "ADDRESS_BOOKS",
    "AS_TYPED",
    "BORDERS",
    "CASES",
    "CGCS2000",
    "CHANGE_DESK",
    "CHANGE_DESKS",
    "DISTRICTS",
    "DRAWN_CHANGES",
    "DRAWN_SOURCES",
    "DRAW_GROUND",
    "DRAW_GROUNDS",
    "ENTRY_LINKS",
    "EXPORT_SYSTEMS",
    "FILE_SYSTEMS",
    "FORMS",
    "GROUND_CHECK",
    "GROUND_CHECKS",
    "KIND_RULES",
    "LAYER_FILE",
    "LAYER_FILES",
    "PICK_GROUND",
    "PICK_GROUNDS",
    "ROW_NUMBER",
    "ROW_SHAPE",
    "WHICH_ADDRESS",
    "WHILE_WAITING",
    "AddressBook",
    "Asked",
    "BookAddress",
    "Borders",
    "CellFault",
    "ChangeDesk",
    "CheckOffer",
    "Compared",
    "Crossing",
    "Cut",
    "DrawnRows",
    "DrawnSource",
    "EntryLink",
    "FileColumn",
    "FileNotSurveyed",
    "FileSurvey",
    "GroundAsked",
    "HitRow",
    "LineFault",
    "Link",
    "ListBeside",
    "LoadGauge",
    "MadeCheck",
    "Mapped",
    "NoticeView",
    "OpenedTable",
    "Outline",
    "Picked",
    "PickedAddress",
    "Placing",
    "PlainList",
    "QualityReport",
    "Record",
    "RevisionView",
    "RowsRefused",
    "SentFile",
    "Tally",
    "WantedChange",
    "WantedColumn",
    "WantedRegister",
    "address_book",
    "amend_entry",
    "append_part",
    "append_to_load",
    "as_text",
    "ask_export",
    "asker_of",
    "begin_load",
    "choosing",
    "codes_of",
    "compare_entries",
    "count_change_notices",
    "count_pairs",
    "crossings",
    "defects_to_send",
    "defects_to_settle",
    "dismiss_pair",
    "draw_ground",
    "drawn_anew",
    "drop_old_exports",
    "enter_entry",
    "enter_examples",
    "entries_about",
    "export_folder",
    "faults_of_pair",
    "fetch_export",
    "find_beside",
    "find_duplicates",
    "find_picked",
    "find_public_entry",
    "find_standing",
    "found_register",
    "free_register",
    "get_export",
    "get_intake",
    "get_merge",
    "get_pair",
    "get_register",
    "get_report",
    "get_revision",
    "get_revision_of",
    "ground_check",
    "ground_of_change",
    "guessed_columns",
    "hit_json",
    "is_about",
    "is_small",
    "judge_change",
    "judge_new",
    "keep_mapped",
    "layer_title",
    "leave_trace",
    "left_out",
    "links_of",
    "list_change_notices",
    "list_entries",
    "list_pairs",
    "list_picked",
    "list_reach",
    "list_registers",
    "list_revisions",
    "list_straight",
    "load_file",
    "load_folder",
    "load_intake",
    "make_export",
    "map_reach",
    "mapped",
    "masked_values",
    "masked_when_opened",
    "may_ask_export",
    "may_write",
    "measure_quality",
    "merge_entries",
    "merged_into",
    "named_in",
    "note_case",
    "note_settled",
    "noted_address",
    "open_entry",
    "open_entry_by_key",
    "open_history",
    "open_rows",
    "outline_of",
    "outside_city",
    "owns_register",
    "percent",
    "pick_ground",
    "preview_entry",
    "proposed_place",
    "put_load_away",
    "quality_of",
    "quality_reach",
    "read_examples",
    "receive_file",
    "received_of_load",
    "record_amendment",
    "record_entry",
    "record_file",
    "record_retirement",
    "refuse_export",
    "refuse_intake",
    "refuse_unfit_system",
    "report_of",
    "retire_entry",
    "see_change_notice",
    "sender_of",
    "state_of",
    "subject_of",
    "suggesting",
    "survey_file",
    "tallied",
    "told_of_load",
    "touches_city",
    "typed_in",
    "undo_merge",
    "worded",
    "write_rows",
]
