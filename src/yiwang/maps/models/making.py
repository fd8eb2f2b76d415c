"""Layers that are being made, and what of them was published when by whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class LayerDraft(models.Model):
    """A layer, or its next version, as its department is making it.

    ``content`` is a whole, valid definition at all times; ``version`` grows with each save, so that of two
    who edit at once neither overwrites the other.
    """

    DRAFT, PUBLISHED, DROPPED = "draft", "published", "dropped"

    code = models.CharField(max_length=41)
    owner = models.CharField(max_length=60)
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(state="draft"), name="layer_draft_one_a_code"
            )
        ]
        indexes = [models.Index(fields=["owner", "state"], name="layer_draft_owner")]

    def __str__(self) -> str:
        return f"draft {self.pk} of layer {self.code}"


class LayerVersion(models.Model):
    """One publication of a made layer, or its withdrawal; rows are only added."""

    code = models.CharField(max_length=41)
    number = models.PositiveIntegerField()
    owner = models.CharField(max_length=60)
    content = models.JSONField()
    is_withdrawal = models.BooleanField(default=False)
    at = models.DateTimeField()
    account_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="layer_version_once")]
        indexes = [models.Index(fields=["owner", "code"], name="layer_version_owner")]

    def __str__(self) -> str:
        return f"layer {self.code} v{self.number}"


class LayerFile(models.Model):
    """A file that an officer makes a layer of; it lies under ``var/loads`` until it is laid or forgotten."""

    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    post = models.CharField(max_length=60, blank=True)
    roles = models.JSONField(default=list)
    #: What the sender called it.
    name = models.CharField(max_length=200)
    #: Name of the file on the disk, which nobody can guess.
    file = models.CharField(max_length=60)
    size = models.BigIntegerField()
    encoding = models.CharField(max_length=10, blank=True)
    #: As it was declared when the file was sent.
    system = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10)
    #: What its first rows hold, and what its sender says of it (``making.files.contracts``).
    survey = models.JSONField()
    said = models.JSONField(default=dict)
    #: Why it could not be laid, in both languages; and ``[line, column, zh, en]`` of the first faults.
    refusal = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    #: Rows by what became of their addresses; empty where the file has places itself.
    became = models.JSONField(default=dict)
    #: The draft of the layer, and features taken and left out.
    draft = models.BigIntegerField(null=True)
    loaded = models.BigIntegerField(default=0)
    bad = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account_id", "-id"], name="layer_file_account")]

    def __str__(self) -> str:
        return f"file {self.pk} of {self.organisation}"
