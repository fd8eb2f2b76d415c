"""Addresses of sign-in and of one's account. Of allauth's pages only those named here can be reached."""

from allauth.account import views as account_views
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import path

from yiwang.identity.web import home, mandates, people, registration, stand_ins

urlpatterns = [
    path("account/", home.home, name="account_home"),
    path("account/login/", account_views.login, name="account_login"),
    path("account/logout/", account_views.logout, name="account_logout"),
    path("account/inactive/", account_views.account_inactive, name="account_inactive"),
    path("account/confirm/", account_views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account_views.password_change, name="account_change_password"),
    path("account/password/new/", account_views.password_set, name="account_set_password"),
    path("account/register/", registration.register, name="account_signup"),
    path("account/standing/", home.standing, name="account_standing"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("account/firms/", mandates.firms, name="account_firms"),
    path("account/firms/register/", registration.register_firm, name="account_register_firm"),
    path("account/firms/<int:entity_id>/", mandates.firm, name="account_firm"),
    path("account/mandates/<int:mandate_id>/revoke/", mandates.revoke, name="account_revoke_mandate"),
    path("account/two-step/", second_step.index, name="mfa_index"),
    path("account/two-step/code/", second_step.authenticate, name="mfa_authenticate"),
    path("account/two-step/confirm/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-step/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/two-step/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/two-step/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/two-step/codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/two-step/codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/two-step/keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("account/two-step/keys/new/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("account/two-step/keys/confirm/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/two-step/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("desk/stand-ins/", stand_ins.stand_ins, name="stand_ins"),
    path("desk/stand-ins/<int:delegation_id>/end/", stand_ins.end, name="end_stand_in"),
    path("desk/accounts/", people.accounts, name="accounts"),
    path("desk/accounts/new/", people.new_account, name="new_account"),
    path("desk/accounts/<int:account_id>/", people.one_account, name="one_account"),
    path("desk/accounts/<int:account_id>/recover/", people.recover, name="recover_account"),
    path("desk/postings/<int:posting_id>/end/", people.end, name="end_posting"),
]
