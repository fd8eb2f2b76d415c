"""The door of drafting."""

from yiwang.registers.drafting.commands.begin_draft import begin_draft
from yiwang.registers.drafting.commands.begin_revision import begin_revision
from yiwang.registers.drafting.commands.drop_field import drop_field
from yiwang.registers.drafting.commands.move_field import move_field
from yiwang.registers.drafting.commands.publish_draft import publish_draft
from yiwang.registers.drafting.commands.put_field import put_field
from yiwang.registers.drafting.commands.save_head import save_head
from yiwang.registers.drafting.commands.save_text import save_text
from yiwang.registers.drafting.commands.withdraw_draft import withdraw_draft
from yiwang.registers.drafting.queries.checking import check_draft
from yiwang.registers.drafting.queries.drafts import (
    EDIT,
    PUBLISH,
    DrawnRegister,
    get_draft,
    list_drafts,
    list_drawn,
    reaches,
)
from yiwang.registers.drafting.queries.templates import template_of

__all__ = [
    "EDIT",
    "PUBLISH",
    "DrawnRegister",
    "begin_draft",
    "begin_revision",
    "check_draft",
    "drop_field",
    "get_draft",
    "list_drafts",
    "list_drawn",
    "move_field",
    "publish_draft",
    "put_field",
    "reaches",
    "save_head",
    "save_text",
    "template_of",
    "withdraw_draft",
]
