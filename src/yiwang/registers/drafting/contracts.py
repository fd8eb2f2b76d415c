"""Words of drafting: a draft as it is shown, what publishing it would do, and why an act is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from yiwang.kernel.errors import Conflict, DefinitionProblem, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Change
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import RegisterDefinition

Aim = Literal["define", "retire"]
Content = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A draft. ``content`` is the definition as data, also while it is no valid one.

    ``published_ids`` are ids of fields that the tables have now; ``revision`` is that of the published
    definition, 0 while there is none.
    """

    id: int
    code: str
    owner: str
    aim: Aim
    state: str
    version: int
    text: str
    content: Content
    saved_at: datetime
    saved_by: int
    published_ids: frozenset[int]
    revision: int

    @property
    def title(self) -> Text:
        """Its title, or the code while it has none."""
        found = self.content.get("title")
        if not isinstance(found, dict):
            return Text(self.code, self.code)
        return Text(str(found.get("zh") or self.code), str(found.get("en") or self.code))

    @property
    def fields(self) -> list[dict[str, Json]]:
        """Its fields as data."""
        found = self.content.get("fields")
        return [field for field in found if isinstance(field, dict)] if isinstance(found, list) else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a draft would come to if it were published now.

    ``change`` is None while there are problems, and where it says what is published already.
    """

    definition: RegisterDefinition | None
    problems: tuple[DefinitionProblem, ...]
    change: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A draft after an act: its number and the version that it has now."""

    draft: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A register that was published, or retired: its code and the revision of its definition."""

    register: str
    revision: int


@dataclass(eq=False)
class DraftNotFound(NotFound):
    """There is no such draft, it has ended, or it is another organisation's: they look alike."""

    text: ClassVar[Text] = Text(
        "没有这份草案，或者它已经发布或撤回。", "There is no such draft, or it was published or withdrawn."
    )


@dataclass(eq=False)
class DraftChanged(Conflict):
    """Somebody else saved the draft in between; what was sent is not saved, and not lost on its page."""

    who: str
    when: str
    text: ClassVar[Text] = Text(
        "{who}已于 {when} 保存了这份草案，您的修改尚未保存。请对照最新内容后再保存。",
        "{who} saved this draft at {when}; your change is not saved yet. Compare it with what stands now.",
    )


@dataclass(eq=False)
class CodeTaken(Conflict):
    """The code is a register's, or another draft's."""

    register: str
    text: ClassVar[Text] = Text(
        "编码“{register}”已被登记簿或另一份草案使用。",
        "The code “{register}” belongs to a register or another draft.",
    )


@dataclass(eq=False)
class NotDrawnUp(RuleViolation):
    """Only what the city drew up here is revised here; what a pack declares is changed in the pack."""

    register: str
    text: ClassVar[Text] = Text(
        "登记簿“{register}”由业务包声明，应在业务包中修改。",
        "The register “{register}” is declared by a pack, and is changed there.",
    )


@dataclass(eq=False)
class SavedByPublisher(RuleViolation):
    """Whoever saved last does not publish: a second person looks."""

    status: ClassVar[int] = 403
    text: ClassVar[Text] = Text(
        "最后一次修改是您本人保存的，须由另一位审批人发布。",
        "You saved the last change yourself. Another approver has to publish it.",
    )


@dataclass(eq=False)
class NothingToPublish(RuleViolation):
    """The draft says what is published already."""

    text: ClassVar[Text] = Text(
        "草案与现行定义相同，没有可发布的内容。", "The draft says what is published already."
    )


@dataclass(eq=False)
class FieldNotFound(NotFound):
    """The draft has no such field."""

    field: int
    text: ClassVar[Text] = Text("草案中没有字段 {field}。", "The draft has no field {field}.")


@dataclass(eq=False)
class LosesData(RuleViolation):
    """Publishing would lose data, and nobody confirmed that; nothing was changed."""

    what: str
    text: ClassVar[Text] = Text(
        "发布会丢失数据（{what}），未作任何更改；请看清后再确认。",
        "Publishing loses data ({what}); nothing was changed. Confirm it after you have seen it.",
    )
