"""For tests of pages."""

from __future__ import annotations

import re

from django.http import HttpResponse


def main_words(answer: HttpResponse) -> str:
    """What the main part of a page says, without tags, white space as one space."""
    body = answer.content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())
