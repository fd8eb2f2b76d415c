"""An applied case type: what a running case goes by, whatever is applied later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from yiwang.cases.contracts.words import AutomaticAct, Outcome, Verdict
from yiwang.cases.definitions.case_type import Budget, CaseType, ClockRule, DeclaredResult
from yiwang.cases.rules.process.model import Node, NodeKind, Process
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json


@dataclass(frozen=True, kw_only=True)
class AppliedType:
    """One version of a case type. ``parts`` holds the applied form and decisions by kind and code."""

    id: int
    code: str
    version: int
    definition: CaseType
    process: Process | None
    parts: Mapping[str, Json] = field(default_factory=dict)

    @property
    def title(self) -> Text:
        """Its name for people."""
        return self.definition.title

    @cached_property
    def accepts_explicitly(self) -> bool:
        """Whether a step of the process accepts the application; else it is accepted when it is opened."""
        nodes = self.process.nodes if self.process else ()
        return any(Outcome.ACCEPT in node.outcomes or node.act == AutomaticAct.ACCEPT for node in nodes)

    def clock_for(self, node_id: str) -> ClockRule | None:
        """The declared clock under which a step runs."""
        key = self.process.clock_of(node_id) if self.process else None
        return self._clocks.get(key) if key is not None else None

    def step(self, node_id: str) -> Text:
        """The name of a step; its id if an older version no longer draws it."""
        if self.process is not None and node_id in self.process:
            return self.process.node(node_id).name
        return Text(node_id, node_id)

    def result(self, key: str) -> DeclaredResult | None:
        """A result that the item declares, by its key."""
        return next((result for result in self.definition.results if result.key == key), None)

    def result_title(self, key: str) -> Text | None:
        """How a case turned out, in the words of its own law; None where the item has none."""
        found = self.result(key)
        return found.title if found is not None else None

    def decides(self, node: Node) -> bool:
        """Whether a step makes the decision of the case: an approver's answer for the whole of it."""
        return (
            node.kind is NodeKind.USER_TASK
            and node.role == "approver"
            and node.many is None
            and node.scope is None
            and not self.examines_acceptance(node)
            and any(verdict in node.outcomes for verdict in Verdict)
        )

    def examines_acceptance(self, node: Node) -> bool:
        """Whether a step decides on accepting the application, which is not yet a verdict on it."""
        return Outcome.ACCEPT in node.outcomes

    def is_settled(self, node_id: str, *, accepted: bool) -> bool:
        """Whether a step examined an acceptance that the applicant has been told of: it is not done again.

        What is missing then is for the decision (行政许可法 Art. 32).
        """
        if not accepted or self.process is None or node_id not in self.process:
            return False
        return self.examines_acceptance(self.process.node(node_id))

    @cached_property
    def _clocks(self) -> dict[str, ClockRule]:
        limits: dict[str, Budget] = {
            "statutory": self.definition.statutory_limit,
            "promised": self.definition.promised_limit,
        }
        texts = {
            "statutory": Text("法定时限", "Statutory limit"),
            "promised": Text("承诺时限", "Promised limit"),
        }
        found = {key: ClockRule(key=key, title=texts[key], budget=limit) for key, limit in limits.items()}
        return found | {clock.key: clock for clock in self.definition.clocks}
