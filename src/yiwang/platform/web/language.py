"""The reader's language: Chinese at ``/…``, English at ``/en/…``."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from yiwang.kernel.text import Language


def current_language() -> Language:
    """The active language of this request."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def localized_path(request: HttpRequest, language: Language) -> str:
    """The address of the present page in a language, with its query."""
    path = request.get_full_path()
    bare = path[3:] if path == "/en" or path.startswith("/en/") else path
    bare = bare or "/"
    return f"/en{bare}" if language == "en" else bare
