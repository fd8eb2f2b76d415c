"""The index by which an address is found: doors of the register, names of roads and places, their beginnings.

Everything here is made from the registers ``addresses`` and ``address_names`` and may be made again.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Door(models.Model):
    """An address of the register, with the parts by which it is looked for.

    The column ``point`` (CGCS2000) is PostGIS's own and known to its migration and to SQL only.
    """

    entry = models.BigIntegerField(primary_key=True)
    version = models.IntegerField()
    code = models.CharField(max_length=24, unique=True)
    full = models.CharField(max_length=300)
    division = models.CharField(max_length=12)
    #: Road and lane as one name.
    line = models.CharField(max_length=120)
    number = models.IntegerField()
    last = models.IntegerField()
    #: What stands behind 号: 甲, 之一, 附3号.
    tail = models.CharField(max_length=30)
    place = models.CharField(max_length=60)
    #: Without the word for building, unit or room.
    building = models.CharField(max_length=20)
    unit = models.CharField(max_length=20)
    room = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    status = models.CharField(max_length=10)

    class Meta:
        indexes = [
            models.Index(fields=["line", "number"], name="addresses_door_line"),
            models.Index(
                fields=["place", "building"], name="addresses_door_place", condition=~models.Q(place="")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PlaceName(models.Model):
    """A name under which a road, village or estate of a district is found: its own, or another one."""

    name = models.CharField(max_length=120)
    #: Six digits; of a division in another name, its whole code.
    district = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    #: The name in the register of addresses; the same for its own name.
    stands_for = models.CharField(max_length=120)
    used_from = models.DateField(null=True)
    used_to = models.DateField(null=True)
    #: How many doors there are: the larger is suggested first.
    doors = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "district", "kind", "stands_for"], name="addresses_one_name"
            )
        ]
        indexes = [
            # for names that are further off than one sign
            GinIndex(fields=["name"], name="addresses_name_near", opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.name


class NameBeginning(models.Model):
    """Characters, pinyin or first letters from which a name is suggested."""

    name = models.ForeignKey(PlaceName, on_delete=models.CASCADE)
    letters = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["letters"], name="addresses_beginning", opclasses=["varchar_pattern_ops"])
        ]

    def __str__(self) -> str:
        return self.letters


class NameVariant(models.Model):
    """A name without one of its signs: two names that differ in one sign have such a variant in common."""

    name = models.ForeignKey(PlaceName, on_delete=models.CASCADE)
    variant = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["variant"], name="addresses_variant")]

    def __str__(self) -> str:
        return self.variant


class Waiting(models.Model):
    """An entry that was written since the index was made; all of a register where none is named."""

    register = models.CharField(max_length=41)
    entry = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.register}:{self.entry}"


class IndexState(models.Model):
    """When the index was last made; the mark changes with the other names of divisions."""

    mark = models.UUIDField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.mark)


class AddressBatch(models.Model):
    """A file of addresses that an officer has compared with the register.

    File and result lie under ``var/addresses`` until ``kept_until``: they say where people live.
    """

    account_id = models.BigIntegerField()
    organisation = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    #: Name of the file on the disk; empty when it was deleted.
    file = models.CharField(max_length=60)
    size = models.BigIntegerField()
    state = models.CharField(max_length=8)
    head = models.JSONField()
    #: Place of the column of addresses, counted from 0.
    column = models.IntegerField(null=True)
    #: The day on which the addresses were written; none for today's.
    as_of = models.DateField(null=True)
    #: Rows compared so far, and the bytes of the result that hold them.
    done = models.IntegerField(default=0)
    written = models.BigIntegerField(default=0)
    #: Share of the file that was read, 0 to 1.
    share = models.FloatField(default=0)
    #: Rows by what was found (``contracts.Verdict``).
    counts = models.JSONField(default=dict)
    #: ``[line, text, found, confidence, zh, en]`` of the first rows that somebody should look at.
    to_look = models.JSONField(default=list)
    refusal = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account_id", "-id"], name="address_batch_account")]

    def __str__(self) -> str:
        return f"batch {self.pk} of {self.organisation}"
