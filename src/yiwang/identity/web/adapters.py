"""How allauth's flows meet identity: lock-out, journal, start pages, sealed second factors, no mail."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from yiwang.identity.api import (
    count_failure,
    drop_standing,
    find_actor,
    landing_for,
    record_sign_in,
    refuse_if_locked,
    store_password,
)
from yiwang.identity.contracts import SignInLocked
from yiwang.identity.personal_data import seal_text, unseal_text
from yiwang.identity.web.words import said
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.context import city_name
from yiwang.platform.web.language import say

_WATCH = Actor.system("sign_in")
_TOTP = "second_factor"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by user name and password."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": said("用户名或密码不正确。", "The user name or the password is wrong."),
        "incorrect_password": said("密码不正确。", "The password is wrong."),
        "enter_current_password": said("当前密码不正确。", "The present password is wrong."),
        "too_many_login_attempts": said(SignInLocked.text.zh, SignInLocked.text.en),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Refuse unseen while the user name or the address is locked."""
        try:
            refuse_if_locked(
                username=str(credentials.get("username", "")),
                address=self.get_client_ip(request),
                at=timezone.now(),
            )
        except SignInLocked as locked:
            raise ValidationError(say(locked.sentence), code="too_many_login_attempts") from locked

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        """Count the failure."""
        count_failure(
            username=str(credentials.get("username", "")),
            address=self.get_client_ip(request),
            at=timezone.now(),
        )

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: object) -> HttpResponse:
        """Journal the sign-in; every session begins in the account's default capacity."""
        drop_standing(request)
        records = request.session.get("account_authentication_methods", [])
        means = "+".join(str(record.get("type") or record.get("method")) for record in records)
        record_sign_in(actor=_WATCH, at=timezone.now(), account_id=int(user.pk), means=means or "password")
        return super().post_login(request, user, **kwargs)  # type: ignore[no-any-return]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The start page of the kind of actor who signed in."""
        actor = find_actor(request)
        return resolve_url(landing_for(actor) if actor else "account_home")

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set the password; a first password has then been changed."""
        store_password(user, password)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People register on our own page."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves the platform from here."""

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """No mail leaves the platform from here."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """One-time codes: secrets sealed at rest, named after the city."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": said("验证码不正确。", "The code is wrong."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for its column."""
        return seal_text(text, purpose=_TOTP)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal_text(encrypted_text, purpose=_TOTP)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A name for a new key, in the reader's language."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return say(Text(f"安全密钥{number}", f"Security key {number}"))

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows beside the user name."""
        return city_name().en + " Yiwang"
