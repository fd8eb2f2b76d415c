"""The living style guide at ``/style/``: every component in both languages, with made-up words.

Only there in development (DEBUG) or where the setting YIWANG_STYLE_GUIDE is on; else it is not found.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yiwang.kernel.text import Text
from yiwang.platform.web import style_samples as samples
from yiwang.platform.web.components.icons import PATHS
from yiwang.platform.web.language import say

CITY_TIME = ZoneInfo("Asia/Shanghai")
LAYOUTS = {"portal": "platform/style/portal.html", "desk": "platform/style/desk.html"}


class SampleForm(forms.Form):
    """A Django form of the kinds that account pages use."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, label in samples.FORM_LABELS.items():
            self.fields[name].label = say(label)

    login = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    way = forms.ChoiceField(choices=[("sms", "SMS"), ("app", "TOTP")], widget=forms.RadioSelect)
    remember = forms.BooleanField(required=False)


def guide(request: HttpRequest, layout: str = "portal") -> HttpResponse:
    """Show every component on one page, in the portal's or in the desk's frame."""
    if not (settings.DEBUG or getattr(settings, "YIWANG_STYLE_GUIDE", False)):
        raise Http404
    form = SampleForm({"login": "chen@", "password": "", "way": "sms"})
    return render(
        request,
        LAYOUTS[layout],
        {
            "samples": samples.everything(
                now=datetime(2026, 11, 21, 14, 5, tzinfo=CITY_TIME), today=date(2026, 11, 21)
            ),
            "page": Paginator(range(397), 20).page(7),
            "icons": sorted(PATHS),
            "form": form,
            "city_mark": Text("一网", "One Net"),
        },
    )
