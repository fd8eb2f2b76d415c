"""Where on the map something changed."""

from __future__ import annotations

from django.db import models


class DrawnChange(models.Model):
    """A place of a mapped register that a statement changed, written by triggers of the register's table, so
    that no way of changing an entry can forget it.

    One more column, ``shape`` (EPSG:3857), is the old or new shape of an entry, or of many entries a box that
    holds some of them; NULL stands for all of the register.
    """

    #: Number of the transaction (``pg_current_xact_id``).
    position = models.BigIntegerField(db_index=True)
    register = models.CharField(max_length=41)
    field = models.IntegerField()
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"change {self.pk} of {self.register}"
