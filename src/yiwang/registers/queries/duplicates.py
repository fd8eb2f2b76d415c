"""The queue of likely duplicates, and merges, for those who may decide about them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from yiwang.platform.contracts import Actor, Json, OperationNotAllowed
from yiwang.registers.contracts import MergeView, PairNotFound, PairState, PairView, Seen
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import DuplicatePair, DuplicateRun, Merge
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.rights import owns, sees_sensitive
from yiwang.registers.queries.versions import find_entry, list_versions
from yiwang.registers.rules.reading import view_of_entry, view_of_list

REVIEW = "registers.duplicate.review"


def list_pairs(
    *, actor: Actor, register: str, state: PairState = PairState.OPEN, after: int = 0, limit: int = 30
) -> list[PairView]:
    """Give a page of pairs, the likeliest first; ``after`` leaves out so many.

    Raises:
        OperationNotAllowed: not an officer of the owner who may decide about duplicates.
    """
    definition = _reviewed(actor, register)
    found = DuplicatePair.objects.filter(register=definition.code, state=state).order_by("-score", "id")
    return [pair_view(pair) for pair in found[after : after + limit]]


def count_pairs(*, actor: Actor, register: str) -> int:
    """How many wait."""
    definition = _reviewed(actor, register)
    return DuplicatePair.objects.filter(register=definition.code, state=PairState.OPEN).count()


def get_pair(*, actor: Actor, register: str, pair: int) -> PairView:
    """Give one pair.

    Raises:
        OperationNotAllowed, PairNotFound.
    """
    definition = _reviewed(actor, register)
    return pair_view(find_pair(definition, pair))


def get_merge(*, actor: Actor, register: str, merge: int) -> MergeView:
    """Give one merge.

    Raises:
        OperationNotAllowed, PairNotFound.
    """
    definition = _reviewed(actor, register)
    row = Merge.objects.filter(pk=merge, register=definition.code).first()
    if row is None:
        raise PairNotFound(register=register)
    return merge_view(row)


def merged_into(register: str, entry: int) -> MergeView | None:
    """Where a retired entry went, if a merge that stands ended it."""
    row = Merge.objects.filter(register=register, retired=entry, undone_at=None).first()
    return None if row is None else merge_view(row)


def left_out(*, actor: Actor, register: str) -> int:
    """Entries that the last run did not compare, since too many agreed."""
    definition = _reviewed(actor, register)
    found = DuplicateRun.objects.filter(register=definition.code).values_list("left_out", flat=True).first()
    return found or 0


def find_pair(definition: RegisterDefinition, pair: int, *, lock: bool = False) -> DuplicatePair:
    """The row of a pair.

    Raises:
        PairNotFound: not in this register.
    """
    found = DuplicatePair.objects.select_for_update() if lock else DuplicatePair.objects.all()
    row = found.filter(pk=pair, register=definition.code).first()
    if row is None:
        raise PairNotFound(register=definition.code)
    return row


def values_of_version(definition: RegisterDefinition, entry: int, version: int) -> Mapping[str, Json]:
    """All values of a version, for commands."""
    view = dict.fromkeys(definition.names, Seen.CLEAR)
    return next(line.values for line in list_versions(definition, view, entry) if line.version == version)


def values_now(definition: RegisterDefinition, entry: int) -> Mapping[str, Json]:
    """All present values, for commands; empty when it has ended."""
    found = find_entry(definition, dict.fromkeys(definition.names, Seen.CLEAR), entry=entry)
    return {} if found is None else found.values


def masked_values(definition: RegisterDefinition, entry: int) -> Mapping[str, Json] | None:
    """Present values as a list shows them."""
    found = find_entry(definition, view_of_list(definition), entry=entry)
    return None if found is None else found.values


def visible_fields(actor: Actor, definition: RegisterDefinition) -> Mapping[str, Seen]:
    """How the officer sees the fields of an opened entry."""
    return view_of_entry(definition, sensitive=sees_sensitive(actor, definition))


def pair_view(row: DuplicatePair) -> PairView:
    """The row as others see it."""
    return PairView(
        id=row.pk,
        register=row.register,
        low=row.low,
        high=row.high,
        found_by=row.found_by,
        score=row.score,
        agreement={name: Decimal(str(value)) for name, value in row.explanation.items()},
        state=PairState(row.state),
    )


def merge_view(row: Merge) -> MergeView:
    """The row as others see it."""
    return MergeView(
        id=row.pk,
        pair=row.pair_id,
        register=row.register,
        survivor=row.survivor,
        retired=row.retired,
        fields=tuple(row.fields),
        links=len(row.links),
        at=row.at,
        undone_at=row.undone_at,
    )


def _reviewed(actor: Actor, register: str) -> RegisterDefinition:
    definition = get_register(register)
    if not owns(actor, REVIEW, definition):
        raise OperationNotAllowed(operation=REVIEW)
    return definition
