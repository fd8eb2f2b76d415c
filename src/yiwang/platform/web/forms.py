"""Ordinary Django forms (sign-in, account pages) in the same dress as declared questions.

``FORM_RENDERER = "yiwang.platform.web.forms.PageRenderer"``; ``{{ form }}`` then prints form groups with
labels, hints, errors and the right ARIA wiring, and each widget wears the theme's classes.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString

_OWN_TEMPLATES = {
    "django/forms/widgets/radio.html": "platform/forms/radios.html",
    "django/forms/widgets/checkbox_select.html": "platform/forms/checkboxes.html",
    "django/forms/widgets/checkbox.html": "platform/forms/checkbox.html",
}
_CLASSES = {
    "django/forms/widgets/select.html": "govuk-select",
    "django/forms/widgets/textarea.html": "govuk-textarea",
    "django/forms/widgets/file.html": "govuk-file-upload",
    "django/forms/widgets/clearable_file_input.html": "govuk-file-upload",
}
_TYPED = {"text", "email", "password", "number", "tel", "url", "search", "date", "datetime-local", "time"}


def _dress(template_name: str, context: dict[str, Any]) -> dict[str, Any]:
    """Add the theme's class to a widget's attributes; hidden fields and unknown widgets stay bare."""
    widget = context.get("widget")
    if not isinstance(widget, dict):
        return context
    name = "govuk-input yw-width-24" if widget.get("type") in _TYPED else _CLASSES.get(template_name, "")
    if not name:
        return context
    # The label says it already; grey words inside a field are lost as soon as one types.
    attrs = {key: value for key, value in widget["attrs"].items() if key != "placeholder"}
    wrong = f" {name.split()[0]}--error" if attrs.get("aria-invalid") == "true" else ""
    attrs["class"] = f"{name}{wrong} {attrs.get('class', '')}".strip()
    return {**context, "widget": {**widget, "attrs": attrs}}


class PageRenderer(TemplatesSetting):
    """Renders forms, fields and widgets through the site's templates and classes."""

    form_template_name = "platform/forms/form.html"
    field_template_name = "platform/forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """Render one form, field or widget."""
        name = _OWN_TEMPLATES.get(template_name, template_name)
        return SafeString(super().render(name, _dress(name, context), request))
