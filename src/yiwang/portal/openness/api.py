"""The door of openness: acts, then reads."""

from yiwang.portal.openness.city_catalogue import category_owners, read_catalogue
from yiwang.portal.openness.commands.change_life import confirm_act, drop_act, enter_act
from yiwang.portal.openness.commands.link_policy import link_policy, unlink_policy
from yiwang.portal.openness.commands.load_catalogue import load_catalogue
from yiwang.portal.openness.commands.publish_item import publish_item, withdraw_item
from yiwang.portal.openness.commands.write_item import write_item
from yiwang.portal.openness.queries.drafts import item_for_officer, own_items
from yiwang.portal.openness.queries.items import (
    Wanted,
    item_preview,
    item_rows,
    policies_of_service,
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
    "category_owners",
    "confirm_act",
    "drop_act",
    "enter_act",
    "item_for_officer",
    "item_preview",
    "item_rows",
    "lacking_links",
    "link_policy",
    "load_catalogue",
    "own_items",
    "policies_of_service",
    "public_file",
    "public_item",
    "public_item_numbered",
    "public_items",
    "public_years",
    "publish_item",
    "publishing_organisations",
    "read_catalogue",
    "unlink_policy",
    "waiting_items",
    "withdraw_item",
    "write_item",
]
