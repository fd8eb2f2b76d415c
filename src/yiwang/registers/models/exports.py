"""Files that officers asked for."""

from __future__ import annotations

from django.db import models


class Export(models.Model):
    """One export: who asked for what and why, how far it is, and where the file lies."""

    register = models.CharField(max_length=41)
    #: The shared resource under whose grant it is made; empty for the owner and the sources.
    resource = models.CharField(max_length=40, blank=True)
    #: The layer of the map of which it is a file; empty for the register itself.
    layer = models.CharField(max_length=41, blank=True, default="", db_default="")
    form = models.CharField(max_length=10)
    #: Wanted fields; all that the reader sees where it is empty.
    fields = models.JSONField(default=list)
    #: EPSG number of the reference system of the shapes.
    system = models.PositiveIntegerField(default=4490)
    district = models.CharField(max_length=12, blank=True)
    valid = models.DateField(null=True)
    known = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    post = models.CharField(max_length=60, blank=True)
    roles = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="waiting")
    #: Why it was refused, in both languages.
    refusal = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)
    #: Name of the file under ``var/exports``, which nobody can guess.
    file = models.CharField(max_length=60, blank=True)
    rows = models.BigIntegerField(null=True)
    bytes = models.BigIntegerField(null=True)
    trace = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kept_until"], name="export_kept_until")]

    def __str__(self) -> str:
        return f"export {self.pk} of {self.register}"
