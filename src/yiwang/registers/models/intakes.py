"""Files on their way into a register."""

from __future__ import annotations

from django.db import models


class Intake(models.Model):
    """One file that an officer sends: how much has come, how far it is, and how it ended.

    ``state`` is the last stage that is on the disk; a load that was cut off goes on from there.
    """

    register = models.CharField(max_length=41)
    source = models.CharField(max_length=60)
    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    post = models.CharField(max_length=60, blank=True)
    roles = models.JSONField(default=list)
    #: What the sender called it.
    name = models.CharField(max_length=200)
    #: Name of the file under ``var/loads``, which nobody can guess.
    file = models.CharField(max_length=60)
    size = models.BigIntegerField()
    on_bad_rows = models.CharField(max_length=10)
    #: Whether areas whose borders cross themselves are made whole, or refused.
    repairing = models.BooleanField(default=False, db_default=False)
    encoding = models.CharField(max_length=10, blank=True)
    #: Of shapes, where the file does not say it: an EPSG number, ``gcj02`` or ``bd09``.
    system = models.CharField(max_length=10, blank=True, default="")
    #: Column of the file to field, or ``-`` for a column that is left out.
    columns = models.JSONField(default=dict)
    #: Column from whose addresses places are taken; empty where they come as coordinates.
    placed_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    head = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="receiving")
    asked_at = models.DateTimeField()
    #: Fields in the order of the staged table, what could not be read, and the digest of the bytes.
    fields = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField(default=0)
    staged = models.BigIntegerField(default=0)
    bad_rows = models.BigIntegerField(default=0)
    #: Rows placed by addresses, by per cent of certainty.
    placed = models.JSONField(null=True)
    load = models.ForeignKey("registers.FileLoad", models.SET_NULL, null=True, related_name="+")
    #: Why it ended without a report, in both languages.
    refusal = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"intake {self.pk} into {self.register}"


class ColumnMapping(models.Model):
    """How a source's files with a certain head fit a register, found again when the next one comes."""

    register = models.CharField(max_length=41)
    source = models.CharField(max_length=60)
    #: SHA-256 of the head.
    head = models.CharField(max_length=64)
    columns = models.JSONField()
    placed_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "source", "head"], name="column_mapping_once")
        ]

    def __str__(self) -> str:
        return f"columns of {self.source} for {self.register}"
