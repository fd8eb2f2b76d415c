"""SpiffWorkflow, an independent engine, made to play our models: same file, same FEEL, same world."""

from __future__ import annotations

import warnings
from decimal import Decimal

from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.bpmn.specs.defaults import ReceiveTask
    from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
    from SpiffWorkflow.bpmn.util import BpmnEvent
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

from yiwang.cases.rules.process.bpmn_xml import BPMN, BPMNDI, YW
from yiwang.cases.rules.process.model import Process
from yiwang.cases.rules.process.write_bpmn import write_bpmn
from yiwang.kernel.feel import compile_expression

LONG_AGO = "2000-01-01T00:00:00+00:00"


class FeelEngine(PythonScriptEngine):
    """Evaluates what stands in the file as FEEL; scripts (our automatic acts) do nothing."""

    def __init__(self, context: dict[str, object]) -> None:
        super().__init__()
        self.context = context

    def evaluate(self, task, expression, external_context=None):
        value = compile_expression(expression).evaluate(self.context)
        return int(value) if isinstance(value, Decimal) else value

    def execute(self, task, script, external_context=None):
        return True


class Spiff:
    """One workflow instance; waiting user tasks and timers are named by their BPMN id."""

    def __init__(self, process: Process, context: dict[str, object], *called: Process) -> None:
        parser = BpmnParser()
        for each in (process, *called):
            parser.add_bpmn_xml(_adapted(each), filename=f"{each.key}.bpmn")
        specs = parser.get_subprocess_specs(process.key)
        self.workflow = BpmnWorkflow(parser.get_spec(process.key), specs, script_engine=FeelEngine(context))
        self.workflow.do_engine_steps()

    def tasks(self, node: str | None = None) -> list:
        ready = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        return [task for task in ready if node is None or _id_of(task) == node]

    def timers(self) -> list:
        waiting = self.workflow.get_tasks(state=TaskState.WAITING)
        return [task for task in waiting if isinstance(task.task_spec, BoundaryEvent)]

    def messages(self) -> list:
        waiting = self.workflow.get_tasks(state=TaskState.WAITING)
        return [task for task in waiting if isinstance(task.task_spec, ReceiveTask)]

    @property
    def waiting(self) -> list[str]:
        return sorted(_id_of(task) for task in (*self.tasks(), *self.timers(), *self.messages()))

    @property
    def finished(self) -> bool:
        return bool(self.workflow.completed)

    def finish(self, node: str) -> None:
        self.tasks(node)[0].run()
        self.workflow.do_engine_steps()

    def finish_all(self, node: str) -> None:
        for task in self.tasks(node):
            task.run()
            self.workflow.do_engine_steps()

    def fire(self, node: str) -> None:
        (timer,) = [task for task in self.timers() if _id_of(task) == node]
        timer.internal_data["event_value"] = LONG_AGO
        self.workflow.refresh_timers()
        self.workflow.do_engine_steps()

    def arrive(self, node: str) -> None:
        (message,) = [task for task in self.messages() if _id_of(task) == node]
        self.workflow.catch(BpmnEvent(message.task_spec.event_definition, {"answer": True}))
        self.workflow.do_engine_steps()


def _id_of(task) -> str:
    return task.task_spec.bpmn_id


def _adapted(process: Process) -> etree._Element:
    """Our extensions in Spiff's words: item counts, called processes, defaults of merging gateways."""
    root = etree.fromstring(write_bpmn(process))
    # With a picture Spiff asks conditions from the top of the drawing to its foot, not in the order written.
    root.remove(root.find(f"{{{BPMNDI}}}BPMNDiagram"))
    for loop in root.iter(f"{{{BPMN}}}multiInstanceLoopCharacteristics"):
        count = etree.SubElement(loop, f"{{{BPMN}}}loopCardinality")
        count.text = f"count({loop.get(f'{{{YW}}}collection')})"
    for service in root.iter(f"{{{BPMN}}}serviceTask"):
        service.tag = f"{{{BPMN}}}scriptTask"
        etree.SubElement(service, f"{{{BPMN}}}script").text = "pass"
    for call in root.iter(f"{{{BPMN}}}callActivity"):
        call.set("calledElement", str(call.get(f"{{{YW}}}caseType")))
    for duration in root.iter(f"{{{BPMN}}}timeDuration"):
        duration.text = f'"{duration.text}"'
    for tag in ("exclusiveGateway", "inclusiveGateway"):
        for gateway in root.iter(f"{{{BPMN}}}{tag}"):
            leaving = gateway.findall(f"{{{BPMN}}}outgoing")
            if len(leaving) == 1:
                gateway.set("default", str(leaving[0].text))
    return root
