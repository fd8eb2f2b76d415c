"""allauth's forms with our words, without placeholders, and with codes that lock like passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from yiwang.identity.web.words import said

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

USERNAME = said("用户名", "User name")
PASSWORD = said("密码", "Password")
CODE = said("验证码", "Code")
CODE_HINT = said(
    "验证器应用显示的6位数字，或一个恢复码。", "Six digits from your authenticator app, or a recovery code."
)
PASSWORD_RULE = said(
    "至少10个字符，不要使用常见密码。", "At least 10 characters; not a password that many use."
)

KEY_SILENT = said(
    "安全密钥没有应答。请插好或靠近密钥，再试一次；这一步需要启用脚本。",
    "The security key did not answer. Connect it or hold it near and try again; this step needs script.",
)


def _word(form: forms.Form, **labels: _StrPromise | tuple[_StrPromise, _StrPromise]) -> None:
    """Set labels (and hints) and take placeholders away: a label stays when one types."""
    for name, words in labels.items():
        label, hint = words if isinstance(words, tuple) else (words, "")
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(self, login=USERNAME, password=PASSWORD)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more before something delicate."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(self, password=PASSWORD)


class PasswordChangeForm(ChangePasswordForm):
    """Present password, new one twice; guessing the present one locks like a failed sign-in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            oldpassword=said("当前密码", "Present password"),
            password1=(said("新密码", "New password"), PASSWORD_RULE),
            password2=said("再次输入新密码", "New password again"),
        )

    def clean_oldpassword(self) -> str:
        """Check the present password with the lock of sign-in."""
        password = str(self.cleaned_data.get("oldpassword", ""))
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class FirstPasswordForm(SetPasswordForm):
    """A password, twice, for an account that has none."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            password1=(said("新密码", "New password"), PASSWORD_RULE),
            password2=said("再次输入新密码", "New password again"),
        )


class _LockingCode:
    """Counts wrong codes for the user whose password was right, and locks with it."""

    user: Any

    def clean_code(self) -> str:
        adapter = get_adapter()
        credentials = {"username": self.user.get_username()}
        adapter.pre_authenticate(adapter.request, **credentials)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            adapter.authentication_failed(adapter.request, **credentials)
            raise
        return code


class CodeForm(_LockingCode, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(self, code=(CODE, CODE_HINT))


class ConfirmCodeForm(_LockingCode, ReauthenticateCodeForm):
    """A code before something delicate."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(self, code=(CODE, CODE_HINT))


class ActivateForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(self, code=(CODE, said("验证器应用显示的6位数字。", "Six digits from your authenticator app.")))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class _AnsweringKey:
    """A form that script fills with what the key answers; without it the fault is told in words."""

    errors: Any
    cleaned_data: Any

    def clean(self) -> dict[str, object]:
        if "credential" in self.errors and not self.cleaned_data.get("credential"):
            del self.errors["credential"]
            raise ValidationError(KEY_SILENT)
        cleaned: dict[str, object] = super().clean() or self.cleaned_data  # type: ignore[misc]
        return cleaned


class ConfirmKeyForm(_AnsweringKey, ReauthenticateWebAuthnForm):
    """A security key before something delicate."""


class KeyForm(_AnsweringKey, AddWebAuthnForm):
    """A new security key and what its owner calls it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _word(self, name=said("名称", "Name of the key"))
