"""How a page that has no form of its own tells that an act was refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from yiwang.kernel.errors import NotAllowed, NotFound, YiwangError
from yiwang.platform.web.language import say


def tell(request: HttpRequest, refused: YiwangError) -> None:
    """Say it at the head of the next page.

    Raises:
        NotAllowed, NotFound: those are no matter of when or what, and get their own page and status.
    """
    if isinstance(refused, NotAllowed | NotFound):
        raise refused
    messages.error(request, say(refused.sentence))
