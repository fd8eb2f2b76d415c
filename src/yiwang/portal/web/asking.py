"""What an address asks for: short plain text, whatever was typed."""

from __future__ import annotations

from django.http import HttpRequest


def asked(request: HttpRequest, name: str, *, most: int = 60) -> str:
    """A value of the query, cut to ``most`` characters, without signs that no text has."""
    value = request.GET.get(name, "")[:most].strip()
    return "".join(sign for sign in value if sign.isprintable())


def posted(request: HttpRequest, name: str, *, most: int = 60) -> str:
    """A value of the form that was sent, likewise."""
    value = request.POST.get(name, "")[:most].strip()
    return "".join(sign for sign in value if sign.isprintable())
