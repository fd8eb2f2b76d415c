"""SpiffWorkflow doing the same completions of the same BPMN files, with its state in PostgreSQL.

One transaction a completion, as ours: the document is read under a row lock, restored, its user task is
completed with the same outcome and the same words, and the whole is serialised and stored. Nothing else is
written: no task list, no clocks, no log, no journal, no ledger, no outbox.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

import psycopg
from benchmarks.joint_approvals import ANSWERS, DEPARTMENTS
from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
    from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
    from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

from yiwang.kernel.feel import compile_expression

FOLDER = Path(__file__).resolve().parents[1] / "packs" / "investment_approval" / "processes"
JOINT, CHILD = "investment_approval", "investment_opinion"
BPMN, YW = "{http://www.omg.org/spec/BPMN/20100524/MODEL}", "{urn:yiwang:bpmn:1}"
TABLE = "CREATE TABLE bench_spiff (id bigint PRIMARY KEY, state text NOT NULL)"
_READ = "SELECT state FROM bench_spiff WHERE id = %s FOR UPDATE"
_STORE = "UPDATE bench_spiff SET state = %s WHERE id = %s"


class Engine(PythonScriptEngine):
    """Conditions are FEEL over the task's data; the decision gives the departments, other scripts nothing."""

    def evaluate(self, task: object, expression: str, external_context: object = None) -> object:
        value = compile_expression(expression).evaluate(task.data)
        return int(value) if isinstance(value, Decimal) else value

    def execute(self, task: object, script: str, external_context: object = None) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Completion:
    """One completion: which document, which waiting user task of it, with which outcome."""

    document: int
    node: str
    outcome: str


@cache
def specs(key: str) -> tuple[object, dict[str, object]]:
    """The parsed model; what stands in our namespace is said in Spiff's words."""
    parser = BpmnParser()
    for name in (JOINT, CHILD):
        parser.add_bpmn_xml(_adapted(FOLDER / f"{name}.bpmn"), filename=f"{name}.bpmn")
    return parser.get_spec(key), parser.get_subprocess_specs(key)


def _adapted(file: Path) -> etree._Element:
    root = etree.parse(file).getroot()
    for diagram in root.findall("{*}BPMNDiagram"):
        root.remove(diagram)
    for loop in root.iter(f"{BPMN}multiInstanceLoopCharacteristics"):
        etree.SubElement(loop, f"{BPMN}loopCardinality").text = f"count({loop.get(f'{YW}collection')})"
    for tag in ("serviceTask", "businessRuleTask"):
        for automatic in list(root.iter(f"{BPMN}{tag}")):
            automatic.tag = f"{BPMN}scriptTask"
            etree.SubElement(automatic, f"{BPMN}script").text = "pass"
    for call in root.iter(f"{BPMN}callActivity"):
        call.set("calledElement", str(call.get(f"{YW}caseType")))
    for duration in root.iter(f"{BPMN}timeDuration"):
        duration.text = f'"{duration.text}"'
    for gateway in root.iter(f"{BPMN}exclusiveGateway"):
        leaving = gateway.findall(f"{BPMN}outgoing")
        if len(leaving) == 1:
            gateway.set("default", str(leaving[0].text))
    return root


def new_workflow(key: str, data: dict[str, object]) -> BpmnWorkflow:
    """A workflow whose departments wait; the joint one has been accepted by the window."""
    workflow = BpmnWorkflow(*specs(key), script_engine=Engine())
    workflow.get_next_task(state=TaskState.READY).data.update(data)
    workflow.do_engine_steps()
    if key == JOINT:
        complete(workflow, "accept", "accept")
    return workflow


def complete(workflow: BpmnWorkflow, node: str, outcome: str) -> None:
    """Complete the first task that waits at a step: any department will do."""
    waiting = workflow.get_tasks(state=TaskState.READY, manual=True)
    task = next(task for task in waiting if task.task_spec.bpmn_id == node)
    task.data["outcome"] = {**task.data.get("outcome", {}), node: outcome}
    task.data["opinion"] = {"note": "已审查。", "grounds": "符合城市总体规划和国家产业政策，予以同意。"}
    task.run()
    workflow.do_engine_steps()


class AsideConverter(BpmnWorkflowConverter):
    """Leaves the model out of the document: every process holds it parsed. Spiff does not ship this."""

    def to_dict(self, workflow: BpmnWorkflow) -> dict[str, object]:
        held = workflow.spec, workflow.subprocess_specs
        workflow.subprocess_specs = {}
        workflow.spec = None
        try:
            found = super().to_dict(workflow)
        finally:
            workflow.spec, workflow.subprocess_specs = held
        found["spec"] = held[0].name
        return found

    def from_dict(self, dct: dict[str, object]) -> BpmnWorkflow:
        spec, parts = specs(str(dct.pop("spec")))
        dct.pop("subprocess_specs")
        workflow = self.target_class(spec, parts, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], _uuid, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(_uuid(dct["root"]))
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        workflow.bpmn_events = self.registry.restore(dct.pop("bpmn_events", []))
        return workflow


def _uuid(text: object) -> UUID:
    return UUID(str(text))


def serializer(*, aside: bool) -> BpmnWorkflowSerializer:
    """Spiff's own, or the one that leaves the model out."""
    config = DEFAULT_CONFIG | ({BpmnWorkflow: AsideConverter} if aside else {})
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))


def seed(connection: psycopg.Connection, key: str, documents: Sequence[int], *, aside: bool) -> int:
    """Store a waiting workflow under each id; gives the length of one in characters."""
    data = {"answers": ANSWERS, "departments": list(DEPARTMENTS)}
    text = serializer(aside=aside).serialize_json(new_workflow(key, data))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_spiff VALUES (%s, %s)", [(document, text) for document in documents]
        )
    connection.commit()
    return len(text)


class Documents:
    """Spiff's client: keeps its connection and its serialiser."""

    def __init__(self, dsn: str, *, aside: bool) -> None:
        self._dsn = dsn
        self._serializer = serializer(aside=aside)
        self._connection: psycopg.Connection | None = None

    def __call__(self, share: Sequence[Completion]) -> Callable[[], None]:
        if self._connection is None:
            self._connection = psycopg.connect(self._dsn, prepare_threshold=0)
        return lambda: self._run(share)

    def _run(self, share: Sequence[Completion]) -> None:
        assert self._connection is not None
        for completion in share:
            complete_stored(self._connection, self._serializer, completion)


def complete_stored(
    connection: psycopg.Connection, serializer: BpmnWorkflowSerializer, completion: Completion
) -> None:
    """One completion in one transaction."""
    cursor = connection.cursor()
    [(text,)] = cursor.execute(_READ, (completion.document,)).fetchall()
    workflow = serializer.deserialize_json(text)
    workflow.script_engine = Engine()
    complete(workflow, completion.node, completion.outcome)
    cursor.execute(_STORE, (serializer.serialize_json(workflow), completion.document))
    connection.commit()
