"""What people allow."""

from __future__ import annotations

from django.db import models


class Consent(models.Model):
    """A person lets an organisation look at the own data of a resource for a purpose until a day."""

    #: Blind reference of the person or firm that consents.
    subject = models.CharField(max_length=80)
    #: Who said so: the person, or who acts for the firm.
    person_id = models.BigIntegerField()
    resource = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    grantee = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "resource", "grantee"], name="consent_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "resource", "purpose", "grantee"],
                condition=models.Q(withdrawn_at=None),
                name="consent_once",
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}: {self.resource} to {self.grantee}"
