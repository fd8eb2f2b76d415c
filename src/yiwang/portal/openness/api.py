"""The door of openness: acts, then reads."""

from yiwang.portal.openness.city_catalogue import category_owners, read_catalogue
from yiwang.portal.openness.commands.change_life import confirm_act, drop_act, enter_act
from yiwang.portal.openness.commands.follow import confirm_follow, end_follow, follow
from yiwang.portal.openness.commands.judge_answer import decline_answer, publish_answer, withdraw_answer
from yiwang.portal.openness.commands.link_policy import link_policy, unlink_policy
from yiwang.portal.openness.commands.load_catalogue import load_catalogue
from yiwang.portal.openness.commands.publish_batch import publish_batch
from yiwang.portal.openness.commands.publish_item import publish_item, withdraw_item
from yiwang.portal.openness.commands.take_batch import take_batch
from yiwang.portal.openness.commands.write_item import write_item
from yiwang.portal.openness.queries.answers import (
    answer_row,
    answer_to_judge,
    answering_organisations,
    judged_answers,
    public_answer,
    public_answers,
    waiting_answers,
)
from yiwang.portal.openness.queries.batches import (
    batch_for_officer,
    batch_lines,
    batch_views,
    line_view,
    own_batches,
)
from yiwang.portal.openness.queries.drafts import item_for_officer, own_items
from yiwang.portal.openness.queries.follows import follow_of, is_there, name_of
from yiwang.portal.openness.queries.items import (
    Wanted,
    item_preview,
    item_rows,
    policies_of_service,
    policy_state,
    public_file,
    public_item,
    public_item_numbered,
    public_items,
    public_years,
    publishing_organisations,
)
from yiwang.portal.openness.queries.reports import lacking_links, waiting_items

__all__ = [
    "Wanted",
    "answer_row",
    "answer_to_judge",
    "answering_organisations",
    "batch_for_officer",
    "batch_lines",
    "batch_views",
    "category_owners",
    "confirm_act",
    "confirm_follow",
    "decline_answer",
    "drop_act",
    "end_follow",
    "enter_act",
    "follow",
    "follow_of",
    "is_there",
    "item_for_officer",
    "item_preview",
    "item_rows",
    "judged_answers",
    "lacking_links",
    "line_view",
    "link_policy",
    "load_catalogue",
    "name_of",
    "own_batches",
    "own_items",
    "policies_of_service",
    "policy_state",
    "public_answer",
    "public_answers",
    "public_file",
    "public_item",
    "public_item_numbered",
    "public_items",
    "public_years",
    "publish_answer",
    "publish_batch",
    "publish_item",
    "publishing_organisations",
    "read_catalogue",
    "take_batch",
    "unlink_policy",
    "waiting_answers",
    "waiting_items",
    "withdraw_answer",
    "withdraw_item",
    "write_item",
]
