"""Registers that lie underground as packs declared them, and those of them that somebody may read."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.errors import NotFound
from yiwang.maps.analysis.definitions import OpeningFields, OwnerFields, PipeFields, UndergroundDefinition
from yiwang.maps.analysis.kinds import UndergroundKind, underground_of
from yiwang.packs.api import as_known
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Mapped, list_reach, mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPipes:
    """A register of pipes as a reader draws it."""

    drawn: Mapped
    fields: PipeFields
    owners: OwnerFields


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOpenings:
    """A register of openings as a reader draws it."""

    drawn: Mapped
    fields: OpeningFields


def underground() -> tuple[UndergroundDefinition, ...]:
    """All declarations, by code."""
    known = as_known(UndergroundKind.key).of_kind(UndergroundKind.key)
    return tuple(sorted((underground_of(each.content) for each in known), key=lambda each: each.code))


def pipes_for(actor: Actor) -> tuple[tuple[ReadPipes, ...], bool]:
    """Registers of pipes that an officer reads as an officer, and whether he reads the whole of all."""
    declared = [each for each in underground() if each.pipes]
    read = tuple(
        ReadPipes(drawn=drawn, fields=each.pipes, owners=each.owners)
        for each in declared
        if each.pipes
        and each.owners
        and (drawn := _mapped(actor, each)) is not None
        and drawn.reach != "public"
    )
    return read, len(read) == len(declared) and all(each.drawn.reach == "all" for each in read)


def fields_of_pipes(drawn: Mapped) -> PipeFields | None:
    """Which field of what is drawn is what, where it is declared as pipes; None where it isn't."""
    return next(
        (
            each.pipes
            for each in underground()
            if each.pipes and each.register_code == drawn.definition.code and each.shape == drawn.shape.name
        ),
        None,
    )


def openings_for(actor: Actor) -> tuple[tuple[ReadOpenings, ...], bool]:
    """Registers of openings that somebody reads, and whether that is the whole of all.

    Only one whose days and state he sees as they are can be told from one that is over.
    """
    declared = [each for each in underground() if each.openings]
    read = tuple(
        ReadOpenings(drawn=drawn, fields=each.openings)
        for each in declared
        if each.openings
        and (drawn := _mapped(actor, each)) is not None
        and {each.openings.begins, each.openings.ends, each.openings.state} - {None} <= drawn.clear
    )
    return read, len(read) == len(declared) and all(each.drawn.reach != "own" for each in read)


def reads_pipes(actor: Actor) -> bool:
    """Whether there are pipes that he reads as an officer."""
    return any(_reach(actor, each.register_code) in {"all", "own"} for each in underground() if each.pipes)


def _reach(actor: Actor, register: str) -> str:
    try:
        return list_reach(actor, register)
    except NotFound:
        return "none"


def _mapped(actor: Actor, declared: UndergroundDefinition) -> Mapped | None:
    try:
        return mapped(actor, declared.register_code, declared.shape)
    except NotFound:  # the register was closed since
        return None
