"""What is applied now, and the history of every apply."""

from __future__ import annotations

from django.db import models


class AppliedDefinition(models.Model):
    """A definition as it is applied; a retired one stays with its last content."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    pack = models.CharField(max_length=61)
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    applied_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="applied_definition_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.code} v{self.version}"


class DrawnDefinition(models.Model):
    """A definition that the city drew up itself; the account is the one that last published or retired it."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    owner = models.CharField(max_length=60)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="drawn_definition_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.code} r{self.revision}"


class AppliedPack(models.Model):
    """A pack's manifest as last applied: title, systems, roles."""

    name = models.CharField(max_length=61, unique=True)
    version = models.CharField(max_length=20)
    manifest = models.JSONField()
    applied_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class ApplyRun(models.Model):
    """One apply: when, by which account, what changed."""

    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    changes = models.JSONField()

    def __str__(self) -> str:
        return f"apply {self.pk}"
