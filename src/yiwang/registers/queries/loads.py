"""Reports of loads."""

from __future__ import annotations

from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import StoredFile
from yiwang.registers.contracts import LoadNotFound
from yiwang.registers.models import FileLoad
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.rights import reaches

LOAD = "registers.file.load"


def get_report(*, actor: Actor, register: str, load: int) -> StoredFile:
    """Give the report of a load of a register that the officer may load into.

    Raises:
        OperationNotAllowed: not this officer's register.
        LoadNotFound: no such load, or it had no problems.
    """
    if not reaches(actor, LOAD, get_register(register)):
        raise OperationNotAllowed(operation=LOAD)
    row = FileLoad.objects.select_related("report").filter(pk=load, register=register).first()
    if row is None or row.report is None:
        raise LoadNotFound(load=load)
    return row.report
