"""What registers register at start: operations, the kind of definitions, answers to the exchange."""

from __future__ import annotations

from yiwang.exchange.api import ENTRY_SUBJECTS, FEEDS, PROVIDERS, TWINS
from yiwang.exchange.providers import CUTS, RESOURCE_ACTS, ResourceAct
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.platform.outbox import subscribe
from yiwang.registers import loops, sealing_keys
from yiwang.registers.commands.drop_abandoned import drop_abandoned_uploads
from yiwang.registers.commands.end_export import drop_old_exports
from yiwang.registers.commands.find_duplicates import note_new_entries
from yiwang.registers.commands.measure_quality import want_measurement
from yiwang.registers.cutting import RegisterCuts
from yiwang.registers.data_files import DataKind
from yiwang.registers.drawn import NotePruner
from yiwang.registers.feed import RegisterFeed, listen
from yiwang.registers.feed_keeping import trim_feeds
from yiwang.registers.kinds import RegisterKind
from yiwang.registers.provider import RegisterProvider
from yiwang.registers.queries.change_grounds import subject_of
from yiwang.registers.twin import RegisterTwin
from yiwang.registers.web.granted_export import may_export
from yiwang.registers.web.menu import register_menu

#: No role that reaches over the whole city: nobody sees every register through the owners' doors.
_READERS = frozenset({"window", "handler", "reviewer", "approver"})
_DECIDERS = frozenset({"handler", "approver"})
#: A decided case enters its licence, a feed its rows: in the name of a source of the register.
_WRITERS = frozenset({"window", "handler", "system"})
_ENDERS = _DECIDERS | {"system"}
#: A system of the owner or of a source reads the masked list too, with its credential.
_LISTERS = _READERS | {"client"}
_OPERATIONS = (
    ("registers.entry.list", Text("查询登记簿", "Look through a register"), _LISTERS),
    ("registers.entry.read", Text("查阅登记项", "Open an entry"), _READERS),
    ("registers.entry.read_sensitive", Text("查阅敏感个人信息", "Read sensitive personal data"), _DECIDERS),
    ("registers.entry.enter", Text("新增登记项", "Enter an entry"), _WRITERS),
    ("registers.entry.amend", Text("变更或更正登记项", "Amend an entry"), _WRITERS),
    ("registers.entry.retire", Text("注销登记项", "Retire an entry"), _ENDERS),
    ("registers.duplicate.find", Text("查找疑似重复", "Look for duplicates"), frozenset({"system"})),
    ("registers.duplicate.review", Text("核对疑似重复", "Compare likely duplicates"), _READERS - {"window"}),
    ("registers.duplicate.merge", Text("合并登记项", "Merge entries"), _DECIDERS),
    ("registers.quality.measure", Text("检查登记质量", "Measure quality"), _DECIDERS | {"system"}),
    (
        "registers.quality.read",
        Text("查看登记质量", "See quality"),
        _DECIDERS | {"reviewer", "leader", "supervisor", "auditor", "city_admin"},
    ),
    (
        "registers.notice.see",
        Text("知悉登记簿变更", "Take note of changes of registers"),
        _DECIDERS | {"reviewer"},
    ),
    ("registers.draft.edit", Text("起草登记簿", "Draw up a register"), _DECIDERS),
    ("registers.draft.publish", Text("发布登记簿", "Publish a register"), frozenset({"approver"})),
    ("registers.file.load", Text("批量导入登记簿", "Load a file into a register"), _ENDERS),
    ("registers.file.export", Text("导出登记簿", "Export a register to a file"), _DECIDERS),
)


def register() -> None:
    """Run once, when all apps are ready."""
    for key, title, roles in _OPERATIONS:
        declare(key, title, roles=roles)
    register_menu()
    sealing_keys.register()
    repeat("registers.old_exports", drop_old_exports, seconds=600)
    repeat("registers.abandoned_uploads", drop_abandoned_uploads, seconds=3600)
    KINDS.register(RegisterKind.key, RegisterKind())
    KINDS.register(DataKind.key, DataKind())
    repeat("registers.duplicates", loops.duplicates, seconds=60.0)
    repeat("registers.quality", loops.quality, seconds=120.0)
    for fact in ("EntryEntered", "EntryAmended", "EntryRetired", "RegisterFileLoaded"):
        subscribe(fact, "registers.quality", want_measurement)
    for fact in ("EntryEntered", "EntryAmended", "RegisterFileLoaded"):
        subscribe(fact, "registers.duplicates", note_new_entries)
    PROVIDERS.register("register", RegisterProvider())
    # a register whose entries are figures: the catalogue of shared indicators (S043)
    PROVIDERS.register("indicator", RegisterProvider())
    ENTRY_SUBJECTS.register("register", subject_of)
    CUTS.register("register", RegisterCuts())
    CUTS.register("indicator", RegisterCuts())
    RESOURCE_ACTS.register(
        "export",
        ResourceAct(
            title=Text("凭授权导出", "Export under our grant"),
            url_name="registers:export_granted",
            icon="download",
            fits=may_export,
        ),
    )
    for kind in ("register", "indicator"):
        TWINS.register(kind, RegisterTwin())
        FEEDS.register(kind, RegisterFeed())
    listen()
    repeat("registers.drawn_changes", NotePruner().prune, seconds=60)
    repeat("registers.feed_keeping", trim_feeds, seconds=3600)
