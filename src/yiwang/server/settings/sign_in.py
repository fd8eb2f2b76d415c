"""How people sign in: user name and password, second factor; no mail is ever sent.

Failures are counted and locked by identity (journalled, per user name and address), so allauth's own rate
limits are off. Its cache remembers used one-time codes: it must be one for all processes.
"""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "identity_cache",
    }
}

ACCOUNT_ADAPTER = "yiwang.identity.web.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "yiwang.identity.web.forms.sign_in.SignInForm",
    "reauthenticate": "yiwang.identity.web.forms.sign_in.ConfirmPasswordForm",
    "set_password": "yiwang.identity.web.forms.sign_in.FirstPasswordForm",
    "change_password": "yiwang.identity.web.forms.sign_in.PasswordChangeForm",
}

MFA_ADAPTER = "yiwang.identity.web.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_RATE_LIMITS = False
MFA_TOTP_ISSUER = "Yiwang"
MFA_FORMS = {
    "authenticate": "yiwang.identity.web.forms.sign_in.CodeForm",
    "reauthenticate": "yiwang.identity.web.forms.sign_in.ConfirmCodeForm",
    "reauthenticate_webauthn": "yiwang.identity.web.forms.sign_in.ConfirmKeyForm",
    "add_webauthn": "yiwang.identity.web.forms.sign_in.KeyForm",
    "activate_totp": "yiwang.identity.web.forms.sign_in.ActivateForm",
}
