"""The body of a page: entries as the database spelled them, and what the page says of itself."""

from __future__ import annotations

import json

from yiwang.registers.contracts import Page


def page_body(page: Page) -> str:
    """Give it as JSON."""
    facts = {
        "size": page.size,
        "after": page.after,
        "count": page.count,
        "count_policy": page.count_policy,
        "count_is_exact": page.count_is_exact,
    }
    return f'{{"entries":{page.body},{json.dumps(facts)[1:]}'
