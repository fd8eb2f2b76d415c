"""Measure how right a register is, open defects and close those that were repaired."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Fact, Scope
from yiwang.registers.care import QualityRule
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import Defect, QualityRun, QualityScore
from yiwang.registers.queries.definitions import get_register, list_registers
from yiwang.registers.queries.faults import reference_keys
from yiwang.registers.rules.days import civil_day
from yiwang.registers.rules.scoring import is_defect, score
from yiwang.registers.tables.quality import Judged, counts, judged, sample
from yiwang.registers.tables.running import Parameter, rows

OPERATION = "registers.quality.measure"
#: A measurement that takes longer is given up, so that it never holds the worker for a night.
LONGEST = "15min"
#: After writes a register is measured again no sooner.
PAUSE = timedelta(minutes=10)
Counted = Mapping[str, tuple[int, int]]


@command(operation=OPERATION)
def measure_quality(*, actor: Actor, at: datetime, register: str) -> Decimal:
    """Count every rule in one scan, by source; gives the score of the whole register."""
    definition = get_register(register)
    permit(Scope(organisations=(definition.owner,)), subject=f"register:{register}")
    if not definition.quality_rules:
        return Decimal(100)
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [LONGEST])
    # one measurement of a register at a time
    run, _ = QualityRun.objects.get_or_create(
        register=register, defaults={"last_at": at, "rules": "", "milliseconds": 0}
    )
    run = QualityRun.objects.select_for_update().get(pk=run.pk)
    rules = definition.quality_rules
    keys = reference_keys(definition.fields) | {
        link.register_code: get_register(link.register_code).key
        for link in definition.links
        if link.orphans == "flag"
    }
    conditions = {rule.key: judged(definition, rule, keys, place) for place, rule in enumerate(rules)}
    found = _counted(definition, rules, conditions, at=at)
    whole = _keep_scores(definition, found, at=at)
    _keep_defects(definition, rules, conditions, found, at=at)
    run.wanted, run.last_at, run.rules = False, at, digest_of(definition)
    run.milliseconds = round((time.monotonic() - began) * 1000)
    run.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    note(sources=len(found), rules=len(rules), score=str(whole))
    return whole


def registers_to_measure(at: datetime) -> list[str]:
    """Registers with rules that were not measured today, or were written to since."""
    runs = {run.register: run for run in QualityRun.objects.all()}
    return [
        definition.code
        for definition in list_registers()
        if definition.quality_rules and _is_due(definition, runs.get(definition.code), at)
    ]


def _is_due(definition: RegisterDefinition, run: QualityRun | None, at: datetime) -> bool:
    if run is None or run.rules != digest_of(definition) or civil_day(run.last_at) < civil_day(at):
        return True
    return run.wanted and run.last_at + PAUSE <= at


def want_measurement(fact: Fact, *, at: datetime) -> None:
    """Entries were written: the register is measured again soon."""
    code = fact.subject.removeprefix("register:").partition(":")[0]
    QualityRun.objects.filter(register=code, wanted=False).update(wanted=True)


def digest_of(definition: RegisterDefinition) -> str:
    """Another digest means that the rules have changed."""
    written = "\n".join(rule.model_dump_json() for rule in definition.quality_rules)
    return hashlib.sha256(written.encode()).hexdigest()


def _counted(
    definition: RegisterDefinition,
    rules: Sequence[QualityRule],
    conditions: Mapping[str, Judged],
    *,
    at: datetime,
) -> dict[str, tuple[int, Counted]]:
    """Entries of each source, and of each rule how many were checked and failed."""
    found: dict[str, tuple[int, Counted]] = {}
    for source, entries, *cells in rows(counts(definition, [*conditions.values()]), {"at": at}):
        pairs = zip(cells[::2], cells[1::2], strict=True)
        found[source] = (entries, {rule.key: pair for rule, pair in zip(rules, pairs, strict=True)})
    return found


def _keep_scores(
    definition: RegisterDefinition, found: Mapping[str, tuple[int, Counted]], *, at: datetime
) -> Decimal:
    """One row a source and one (source "") for the whole; measured again, the day is written over."""
    weights = {rule.key: rule.weight for rule in definition.quality_rules}
    every: dict[str, tuple[int, int]] = dict.fromkeys(weights, (0, 0))
    for _, counted in found.values():
        every = {key: (every[key][0] + a, every[key][1] + b) for key, (a, b) in counted.items()}
    whole = (sum(entries for entries, _ in found.values()), every)
    for source, (entries, counted) in {**found, "": whole}.items():
        QualityScore.objects.update_or_create(
            register=definition.code,
            source=source,
            day=civil_day(at),
            defaults={
                "entries": entries,
                "score": score(counted, weights),
                "counts": {key: list(pair) for key, pair in counted.items()},
            },
        )
    return score(every, weights)


def _keep_defects(
    definition: RegisterDefinition,
    rules: Sequence[QualityRule],
    conditions: Mapping[str, Judged],
    found: Mapping[str, tuple[int, Counted]],
    *,
    at: datetime,
) -> None:
    """Open what is new, count anew what is known, close what was repaired or is no rule any more."""
    known = {
        (defect.rule, defect.source): defect
        for defect in Defect.objects.select_for_update().filter(register=definition.code, closed_at=None)
    }
    for rule in rules:
        for source, (_, counted) in found.items():
            checked, failed = counted[rule.key]
            if not is_defect(checked, failed, rule.least):
                continue
            defect = known.pop((rule.key, source), None)
            is_new = defect is None
            defect = defect or Defect(
                register=definition.code, rule=rule.key, source=source, found_at=at, worst=failed
            )
            defect.last_at, defect.checked, defect.failed = at, checked, failed
            defect.worst = max(defect.worst, failed)
            parameters: dict[str, Parameter] = {"at": at, "source": source}
            defect.sample = [entry for (entry,) in rows(sample(definition, conditions[rule.key]), parameters)]
            defect.save()
            if is_new:
                subject = f"register:{definition.code}"
                emit("RegisterDefectFound", subject, defect=defect.pk, rule=rule.key, failed=failed)
    for defect in known.values():
        defect.closed_at, defect.last_at, defect.failed = at, at, 0
        # what was never sent back needs no case ended
        defect.settled = not defect.case_number
        defect.save()
        emit("RegisterDefectRepaired", f"register:{definition.code}", defect=defect.pk)
