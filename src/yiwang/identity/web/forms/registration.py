"""Registration of a person and of a firm, and the naming of an agent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from yiwang.identity.web.forms.sign_in import PASSWORD, PASSWORD_RULE, USERNAME
from yiwang.identity.web.words import said
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.web.language import say


def show_problems(form: forms.Form, refused: InvalidInput) -> None:
    """Put the problems of a command beside the fields they name."""
    for problem in refused.problems:
        form.add_error(problem.path if problem.path in form.fields else None, say(problem.text))


class RegisterForm(forms.Form):
    """A person registers."""

    name = forms.CharField(
        label=said("姓名", "Name"),
        max_length=40,
        help_text=said("与身份证件一致。", "As on your identity document."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    resident_id = forms.CharField(
        label=said("公民身份号码", "Resident identity number"),
        max_length=18,
        help_text=said(
            "18位。加密保存，只用于核对身份。",
            "18 characters. Kept encrypted, used only to know who you are.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=said("手机号码", "Mobile number"),
        max_length=11,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national"}),
    )
    username = forms.CharField(
        label=USERNAME,
        max_length=40,
        help_text=said(
            "4至40位小写字母、数字、点、横线或下划线，以字母开头。",
            "4 to 40 small letters, digits, dots, hyphens or underscores; begins with a letter.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password1 = forms.CharField(
        label=PASSWORD,
        strip=False,
        help_text=PASSWORD_RULE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=said("再次输入密码", "Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        """User names are small letters."""
        return str(self.cleaned_data["username"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        """Both passwords agree and are no common ones."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", said("两次输入的密码不一致。", "The two passwords differ."))
        if first:
            try:
                validate_password(first)
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return cleaned


class FirmForm(forms.Form):
    """The legal representative declares a firm."""

    name = forms.CharField(
        label=said("单位名称", "Name of the firm or organisation"),
        max_length=200,
        help_text=said(
            "与营业执照或登记证书一致。", "As on the business licence or registration certificate."
        ),
    )
    credit_code = forms.CharField(
        label=said("统一社会信用代码", "Unified social credit code"),
        max_length=18,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    address = forms.CharField(label=said("住所", "Registered address"), max_length=300, required=False)


class AgentForm(forms.Form):
    """The legal representative names an agent, who must be registered."""

    name = forms.CharField(label=said("代办人姓名", "Agent's name"), max_length=40)
    resident_id = forms.CharField(
        label=said("代办人公民身份号码", "Agent's resident identity number"),
        max_length=18,
        help_text=said("代办人须先在本站注册。", "The agent must have registered on this site."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ends_on = forms.DateField(
        label=said("有效期至", "Valid until"),
        required=False,
        help_text=said("当日24时止；不填则长期有效。", "To the end of that day; empty for no end."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
