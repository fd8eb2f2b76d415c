"""Words of making layers: a draft as it is shown, what was published, and why an act is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from yiwang.kernel.errors import Conflict, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.maps.definitions import LayerDefinition
from yiwang.platform.contracts import Json

#: What of a layer a form saves, as a pack would write it.
Part = Mapping[str, Json]
Method = Literal["equal", "quantile", "natural"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerDraftView:
    """A draft: a whole definition at all times. ``published`` is the number of the version in force, or 0."""

    id: int
    code: str
    owner: str
    version: int
    layer: LayerDefinition
    content: Part
    saved_at: datetime
    saved_by: int
    published: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedLayer:
    """A draft after an act."""

    draft: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLayer:
    """A layer after it was published or withdrawn: its code and the number of this version."""

    code: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version of a layer: published, or withdrawn, when and by which account."""

    code: str
    number: int
    owner: str
    layer: LayerDefinition
    content: Part
    is_withdrawal: bool
    at: datetime
    account_id: int


@dataclass(eq=False)
class LayerDraftNotFound(NotFound):
    """There is no such draft, it has ended, or it is another organisation's: they look alike."""

    text: ClassVar[Text] = Text(
        "没有这份图层草案，或者它已经发布或删除。",
        "There is no such draft of a layer, or it was published or dropped.",
    )


@dataclass(eq=False)
class LayerNotMade(NotFound):
    """The organisation made no such layer: there is none, it is another's, or a pack declares it."""

    layer: str
    text: ClassVar[Text] = Text(
        "本单位没有制作过图层“{layer}”。", "Your organisation has made no layer “{layer}”."
    )


@dataclass(eq=False)
class LayerDraftChanged(Conflict):
    """Somebody else saved the draft in between; what was sent is not saved."""

    who: str
    when: str
    text: ClassVar[Text] = Text(
        "{who}已于 {when} 保存了这份草案，您的修改尚未保存。请对照最新内容后再保存。",
        "{who} saved this draft at {when}; your change is not saved yet. Compare it with what stands now.",
    )


@dataclass(eq=False)
class LayerCodeTaken(Conflict):
    """The code is a layer's, or another draft's."""

    layer: str
    text: ClassVar[Text] = Text(
        "编码“{layer}”已被图层或另一份草案使用。", "The code “{layer}” belongs to a layer or another draft."
    )


@dataclass(eq=False)
class RegisterNotDrawable(NotFound):
    """There is no such register, nothing of it can be drawn, or it is not for this officer."""

    text: ClassVar[Text] = Text(
        "没有您可以制图的这个登记簿。", "There is no such register that you may draw."
    )


@dataclass(eq=False)
class CasesNotDrawable(NotFound):
    """There is no such item with addresses, or its cases are not for this officer."""

    text: ClassVar[Text] = Text(
        "没有您可以制图的这些办件事项。", "There are no such items whose cases you may draw."
    )


@dataclass(eq=False)
class LayerUnchanged(RuleViolation):
    """The draft says what is published already."""

    text: ClassVar[Text] = Text(
        "草案与已发布的图层相同，没有可发布的内容。", "The draft says what is published already."
    )
