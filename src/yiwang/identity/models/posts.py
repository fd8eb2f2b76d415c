"""Posts, who holds them with which roles, what roles may do, and who stands in for whom."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from yiwang.identity.models.organisations import Organisation


class Role(models.Model):
    """A role that a pack declares beside those of the platform."""

    code = models.CharField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    reach = models.CharField(max_length=12)
    pack = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.code


class RoleGrant(models.Model):
    """A pack gives a role an operation, beside what the operation's own declaration gives."""

    role = models.CharField(max_length=60)
    operation = models.CharField(max_length=80)
    pack = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "operation", "pack"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.operation}"


class Post(models.Model):
    """A post in an organisation, e.g. section chief."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "title_zh"], name="post_once")]

    def __str__(self) -> str:
        return f"post {self.pk}"


class Posting(models.Model):
    """An account holds a post with roles, from an instant until another."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="postings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="postings")
    roles = ArrayField(models.CharField(max_length=60))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "starts_at"], name="posting_account"),
            models.Index(fields=["organisation", "starts_at"], name="posting_organisation"),
        ]

    def __str__(self) -> str:
        return f"posting {self.pk}"


class Delegation(models.Model):
    """While an officer is away, another acts in that posting with some of its roles."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="delegations")
    to_account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations")
    roles = ArrayField(models.CharField(max_length=60))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["to_account", "starts_at"], name="delegation_account")]

    def __str__(self) -> str:
        return f"delegation {self.pk}"
