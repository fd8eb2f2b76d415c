"""How a case ends: decision, licence, letters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yiwang.cases.contracts.words import LicenceState
from yiwang.cases.models.case import Case


class Decision(models.Model):
    """The legal act that ends a case; one a case."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    number = models.CharField(max_length=60, unique=True)
    outcome = models.CharField(max_length=40)
    grounds = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    articles = models.JSONField(default=list)
    #: Made by the law's rule on silence, not by an officer.
    tacit = models.BooleanField(default=False)
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="decision_at")]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"


class Licence(models.Model):
    """A licence, certificate or approval that a decision gives to its holder."""

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=60)
    title = models.JSONField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="licences")
    holder_kind = models.CharField(max_length=12)
    person_id = models.BigIntegerField(null=True)
    entity_id = models.BigIntegerField(null=True)
    holder_name = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    organisation = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    state = models.CharField(max_length=8, default=LicenceState.VALID)
    verification_code = models.CharField(max_length=24, unique=True)
    file_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.TextField(blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        indexes = [
            models.Index(fields=["person_id"], condition=Q(person_id__isnull=False), name="licence_person"),
            models.Index(fields=["entity_id"], condition=Q(entity_id__isnull=False), name="licence_entity"),
            models.Index(fields=["kind", "state"], name="licence_kind"),
        ]

    def __str__(self) -> str:
        return self.number


class LicenceEntry(models.Model):
    """An entry of a register that a licence brought about."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="entries")
    register = models.CharField(max_length=41)
    #: Number of the entry in the register.
    entry = models.BigIntegerField()
    #: FEEL of the fields that follow the licence, by field, as the item declared them when it was issued.
    follows = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["licence", "register", "entry"], name="licence_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.entry}"


class Letter(models.Model):
    """A document that goes out; asked for in the transaction of its act, made once by a job."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    #: ``<kind>:<what it is about>``; a job that runs twice finds the file there.
    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=40)
    title = models.JSONField()
    template = models.CharField(max_length=120)
    licence = models.ForeignKey(Licence, null=True, on_delete=models.PROTECT, related_name="letters")
    content = models.JSONField(default=dict)
    #: Whom it is written to, if not the applicant, who then doesn't see it.
    addressee = models.CharField(max_length=200, blank=True, db_default="")
    organisation = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    file_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(made_at__isnull=True), name="letter_unmade"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def number(self) -> str:
        """The number that stands on it, for one that comes with its case. W: 文书."""
        return f"{self.case.number}-W{self.pk}"
