"""``{{ session.user_agent|browser }}``: a browser and its system in two words."""

from __future__ import annotations

from django import template

from yiwang.identity.rules.browsers import browser_words
from yiwang.platform.web.language import say

register = template.Library()


@register.filter
def browser(user_agent: object) -> str:
    """Chrome, Windows."""
    return say(browser_words(str(user_agent)))
