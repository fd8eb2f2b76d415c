"""The living style guide at ``/style/``: every component in both languages, with made-up words.

Only there in development (DEBUG) or where the setting YIWANG_STYLE_GUIDE is on; else it is not found.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yiwang.platform.web.components.icons import PATHS
from yiwang.platform.web.language import say

LAYOUTS = {"portal": "platform/style/portal.html", "desk": "platform/style/desk.html"}


@cache
def samples() -> dict[str, object]:
    """Give the sample values by component, read once from the file beside this one."""
    loaded = yaml.safe_load(Path(__file__).with_name("style_samples.yaml").read_text())
    assert isinstance(loaded, dict)  # noqa: S101 - our own file
    return loaded


class SampleForm(forms.Form):
    """A Django form of the kinds that account pages use."""

    login = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    way = forms.ChoiceField(choices=[("sms", "SMS"), ("app", "TOTP")], widget=forms.RadioSelect)
    remember = forms.BooleanField(required=False)


def _account_form() -> SampleForm:
    form = SampleForm({"login": "chen@", "password": "", "way": "sms"})
    labels = samples()["form_labels"]
    assert isinstance(labels, dict)  # noqa: S101 - our own file
    for name, label in labels.items():
        form.fields[name].label = say(label)
    return form


def guide(request: HttpRequest, layout: str = "portal") -> HttpResponse:
    """Show every component on one page, in the portal's or in the desk's frame."""
    if not (settings.DEBUG or getattr(settings, "YIWANG_STYLE_GUIDE", False)):
        raise Http404
    context = {
        "samples": samples(),
        "page": Paginator(range(397), 20).page(7),
        "icons": sorted(PATHS),
        "form": _account_form(),
    }
    return render(request, LAYOUTS[layout], context)
