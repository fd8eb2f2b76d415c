"""People, legal entities and who may act for whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Person(models.Model):
    """A natural person. The identity number is encrypted; ``resident_index`` is its keyed digest."""

    name = models.CharField(max_length=80)
    resident_sealed = models.BinaryField(null=True)
    resident_index = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique, so null
    #: What a page may show, e.g. 440103********1234: kept so that no list has to unseal.
    resident_masked = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"person {self.pk}"


class LegalEntity(models.Model):
    """A firm or other organisation with a unified social credit code (GB 32100)."""

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    legal_representative = models.CharField(max_length=80)
    address = models.CharField(max_length=300, blank=True)
    #: GB/T 4754: section letter and up to four digits, e.g. E4710.
    industry = models.CharField(max_length=5, blank=True)
    division_code = models.CharField(max_length=12, blank=True)
    verified = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="entity_name")]

    def __str__(self) -> str:
        return self.credit_code


class Mandate(models.Model):
    """A person acts for a legal entity, from an instant until another or until revoked."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    entity = models.ForeignKey(LegalEntity, models.PROTECT, related_name="mandates")
    kind = models.CharField(max_length=24)
    #: Codes of case types; empty for all.
    scope = ArrayField(models.CharField(max_length=80), default=list)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "entity"], name="mandate_person_entity")]

    def __str__(self) -> str:
        return f"mandate {self.pk}"
