"""The door of publishing: the rules in force, what is known of links."""

from yiwang.portal.publishing.commands.want_links import WANT, want_links
from yiwang.portal.publishing.in_force import RulesInForce, rules_in_force
from yiwang.portal.publishing.link_loop import TRY_LINKS, try_due
from yiwang.portal.publishing.queries.links import LinkState, is_outside, link_states
from yiwang.portal.publishing.wanting import note_links

__all__ = [
    "TRY_LINKS",
    "WANT",
    "LinkState",
    "RulesInForce",
    "is_outside",
    "link_states",
    "note_links",
    "rules_in_force",
    "try_due",
    "want_links",
]
