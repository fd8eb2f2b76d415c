"""Every register of every pack keeps its promises: create, amend, retire, history, denied, masked."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import yaml
from tests.layers import held

from yiwang.exchange.api import trace_of
from yiwang.exchange.contracts import Secrecy
from yiwang.exchange.models import TraceLine
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import (
    Asked,
    amend_entry,
    enter_entry,
    get_register,
    list_entries,
    open_entry,
    open_history,
    retire_entry,
)
from yiwang.registers.contracts import EntryNotFound, EntryRefused, SourceNotAllowed
from yiwang.registers.definitions import FieldKind
from yiwang.registers.provider import whose
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs, sample_values

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
END = datetime(2026, 5, 2, 2, 0, tzinfo=UTC)
WHY = "符合性测试"
#: ``pack/register`` of every register in the repository.
REGISTERS = sorted(f"{path.parts[-3]}/{path.stem}" for path in (ROOT / "packs").glob("*/registers/*.yaml"))


@pytest.fixture(scope="module")
def alone(django_db_setup, django_db_blocker):
    """Applies one pack with what it requires, until another is asked for."""
    current = ExitStack()
    applied = []

    def apply(pack):
        if applied != [pack]:
            applied[:] = [pack]
            current.close()
            current.enter_context(held(lambda: apply_packs(ROOT / "packs", [pack], at=AT), django_db_blocker))

    with current:
        yield apply


@pytest.fixture(scope="module", params=REGISTERS)
def definition_of_module(request, alone, django_db_blocker):
    pack, _, code = request.param.partition("/")
    alone(pack)
    with django_db_blocker.unblock():
        return get_register(code)


@pytest.fixture
def definition(definition_of_module, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    return definition_of_module


@pytest.fixture
def owner(definition):
    return an_officer(definition.owner, "handler", account=11)


def values(definition, serial):
    """Sample values, with an entry behind every reference."""
    found = sample_values(definition, serial)
    for field in definition.fields:
        if field.kind is FieldKind.REFERENCE and field.required:
            other = get_register(field.register_code)
            sample = values(other, serial)
            enter_entry(actor=an_officer(other.owner), at=AT, register=other.code, values=sample)
            found[field.name] = sample[other.key]
    return found


@pytest.fixture
def entry(definition, owner):
    written = enter_entry(actor=owner, at=AT, register=definition.code, values=values(definition, 1))
    return written.entry


def open_now(definition, owner, entry, at=LATER):
    return open_entry(actor=owner, at=at, register=definition.code, entry=entry, reason=WHY)


def changed(definition):
    """New values for every field that can change: all but the key and references."""
    second = sample_values(definition, 2)
    keep = {definition.key} | {f.name for f in definition.fields if f.kind is FieldKind.REFERENCE}
    return {name: value for name, value in second.items() if name not in keep}


def as_kept(field, given):
    """A given value as JSON shows it."""
    if given is None:
        return None
    match field.kind:
        case FieldKind.DATE | FieldKind.MOMENT:
            return given.isoformat()
        case FieldKind.MONEY:
            return f"{Decimal(given):.2f}"
        case FieldKind.INTEGER:
            return int(given)
        case FieldKind.AREA:
            return shape_as_kept("MultiPolygon", [[_corners(str(given)[9:-2])]])
        case FieldKind.PATH:
            return shape_as_kept("MultiLineString", [_corners(str(given)[11:-1])])
    return given


def _corners(wkt):
    return [[float(part) for part in corner.split()] for corner in wkt.split(",")]


def shape_as_kept(kind, coordinates):
    """GeoJSON in CGCS2000."""
    crs = {"type": "name", "properties": {"name": "EPSG:4490"}}
    return {"type": kind, "crs": crs, "coordinates": coordinates}


def test_an_entry_keeps_what_was_entered(definition, owner):
    given = values(definition, 1)
    written = enter_entry(actor=owner, at=AT, register=definition.code, values=given)

    opened = open_now(definition, owner, written.entry)

    typed = [field for field in definition.fields if field.name not in definition.worked_out]
    assert {name: opened.values[name] for name in definition.names if name not in definition.worked_out} == {
        field.name: as_kept(field, given[field.name]) for field in typed
    }
    assert (opened.version, opened.source, opened.masked) == (1, definition.owner, ())


def test_required_fields_are_required_and_unknown_ones_refused(definition, owner):
    with pytest.raises(EntryRefused) as nothing:
        enter_entry(actor=owner, at=AT, register=definition.code, values={})
    with pytest.raises(EntryRefused) as unknown:
        enter_entry(actor=owner, at=AT, register=definition.code, values={"no_such_field": 1})

    assert [p.path for p in nothing.value.problems] == [f.name for f in definition.fields if f.required]
    assert [p.path for p in unknown.value.problems] == ["no_such_field"]
    assert page(definition, owner)[0].size == 0


def test_amending_every_field_makes_a_version(definition, owner, entry):
    wanted = changed(definition)
    amend_entry(
        actor=owner, at=LATER, register=definition.code, entry=entry, version=1, values=wanted, kind="change"
    )

    lines = open_history(actor=owner, at=LATER, register=definition.code, entry=entry, reason=WHY)
    assert [(line.version, line.act) for line in lines] == [(1, "change"), (2, "present")]
    different = {n for n in wanted if lines[0].values[n] != lines[1].values[n]}
    assert set(lines[1].changed) == different
    assert different


def test_a_retired_entry_is_gone_and_its_history_stays(definition, owner, entry):
    retire_entry(actor=owner, at=END, register=definition.code, entry=entry, version=1)

    with pytest.raises(EntryNotFound):
        open_now(definition, owner, entry, at=END)
    (line,) = open_history(actor=owner, at=END, register=definition.code, entry=entry, reason=WHY)
    assert (line.version, line.act, line.valid_to) == (1, "retired", END.date())


def test_a_stranger_is_denied_everything_and_each_try_is_journalled(definition, entry):
    stranger = an_officer("no_such_bureau", "handler", "approver", account=99)
    common = {"actor": stranger, "at": LATER, "register": definition.code}

    with pytest.raises(SourceNotAllowed):
        enter_entry(**common, values={})
    for act, facts in (
        (amend_entry, {"entry": entry, "version": 1, "values": {}, "kind": "change"}),
        (retire_entry, {"entry": entry, "version": 1}),
        (open_entry, {"entry": entry, "reason": WHY}),
        (open_history, {"entry": entry, "reason": WHY}),
    ):
        with pytest.raises(OperationNotAllowed):
            act(**common, **facts)

    tries = JournalEntry.objects.filter(account_id=99)
    assert list(tries.values_list("outcome", flat=True)) == ["refused"] * 5
    assert TraceLine.objects.count() == 0


def page(definition, actor):
    found = list_entries(actor=actor, register=definition.code, asked=Asked(), at=LATER)
    return found, json.loads(found.body)


def test_lists_hide_what_is_personal(definition, owner, entry):
    clear = open_now(definition, owner, entry).values
    _, (listed,) = page(definition, owner)

    for field in definition.fields:
        shown = listed["values"][field.name]
        if field.secrecy.level <= Secrecy.INTERNAL.level:
            assert shown == clear[field.name]
            assert field.name not in listed["masked"]
        else:
            assert shown is None or (
                (shown != clear[field.name] and "*" in shown) or field.kind == "division"
            )
            assert field.name in listed["masked"]
        if field.secrecy is Secrecy.SENSITIVE:
            assert shown is None


def test_the_public_sees_public_fields_of_open_registers_only(definition, entry):
    if not definition.open:
        with pytest.raises(OperationNotAllowed):
            page(definition, None)
        return
    _, (listed,) = page(definition, None)
    hidden = {f.name for f in definition.fields if f.secrecy is not Secrecy.PUBLIC}

    assert set(listed["masked"]) == hidden
    assert {name for name in hidden if listed["values"][name] is not None} == set()


def test_an_opened_entry_of_a_person_leaves_a_trace(definition, owner, entry):
    open_now(definition, owner, entry)

    _, subject = whose(definition, entry)
    personal = [f.name for f in definition.fields if f.secrecy.level >= Secrecy.PERSONAL.level]
    if definition.subject is None or not personal:
        assert TraceLine.objects.count() == 0
        return
    (line,) = trace_of(subject)
    assert (line.organisation, list(line.fields), line.purpose.reference) == (definition.owner, personal, WHY)


@pytest.mark.parametrize("path", sorted((ROOT / "packs").glob("*/resources/*.yaml")), ids=lambda p: p.stem)
def test_every_resource_says_its_words_as_its_register_does(path):
    resource = yaml.safe_load(path.read_text(encoding="utf-8"))
    register_path = path.parents[1] / "registers" / f"{resource['source']}.yaml"
    register = yaml.safe_load(register_path.read_text(encoding="utf-8"))
    titles = {field["name"]: field["title"] for field in register["fields"]}

    assert {f["name"]: f["title"] for f in resource["fields"]} == {
        f["name"]: titles[f["name"]] for f in resource["fields"]
    }
