"""Accounts and the state of failed sign-ins."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from yiwang.identity.models.people import Person


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, password: str | None = None) -> Account:
        """Make an account that can sign in."""
        account = self.model(username=username)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A means to sign in. Who stands behind it is a person; what they may do comes from postings."""

    username = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    #: The password was given by an administrator.
    must_change_password = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return f"account {self.pk}"


class SignInState(models.Model):
    """Failed sign-ins in a row for a user name or a network address, and until when it is locked.

    ``key`` is a keyed digest, so neither user names nor addresses that were tried stand in the table.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_failure_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_failure_at"], name="sign_in_state_age")]

    def __str__(self) -> str:
        return f"sign-in state {self.key[:8]}"
