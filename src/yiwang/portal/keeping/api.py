"""The door of the kept pages."""

from yiwang.portal.keeping.marking import may_be_kept
from yiwang.portal.keeping.rules.parts import parts_of_lists, parts_of_page

__all__ = ["may_be_kept", "parts_of_lists", "parts_of_page"]
