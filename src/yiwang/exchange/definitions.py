"""What a pack may write in ``resources/*.yaml``: what an organisation shares through the exchange."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.exchange.catalogue.metadata import Category, Format, Metadata, OpenType, Updated
from yiwang.exchange.contracts import Secrecy, Sharing
from yiwang.exchange.questions import QuestionDefinition, refuse_unsound_questions
from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

NAME = r"^[a-z][a-z0-9_]{0,39}$"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SharedField(_Strict):
    """A field that is shared; its words and secrecy stand here because the catalogue shows them."""

    name: str = Field(pattern=NAME)
    title: Text
    secrecy: Secrecy


class Subject(_Strict):
    """A step below the item of the guide: the subject (目, three digits) or the detail (细目)."""

    number: str = Field(pattern=r"^[0-9]{1,12}$")
    title: Text


class ResourceDefinition(_Strict):
    """A resource of the catalogue, with the metadata of GB/T 21063 that an answer needs."""

    code: str = Field(pattern=NAME)
    title: Text
    summary: Text
    owner: str = Field(description="Code of the organisation that shares it")
    #: What kind of thing answers: ``register``; engines register providers.
    kind: str = Field(pattern=NAME)
    #: Which one of that kind, e.g. the code of the register.
    source: str = Field(pattern=NAME)
    sharing: Sharing
    #: Why it may be shared, or why not (GB/T 21063.4: basis of the sharing type).
    legal_basis: Text
    fields: tuple[SharedField, ...] = Field(min_length=1)
    #: Class and item of the guide, e.g. ``"101"`` for population; must be given to be published.
    category: Category | None = None
    subject: Subject | None = Field(default=None, description="目, numbered by the city with three digits")
    detail: Subject | None = Field(default=None, description="细目, below a subject")
    #: How often the data change; must be given to be published.
    updated: Updated | None = None
    format: Format = Format.DATABASE
    #: Whether society may have the data as well.
    open_type: OpenType = OpenType.CLOSED
    #: On which conditions it is shared or open, besides a grant for a named purpose.
    conditions: Text | None = None
    #: At least one must be given to be published.
    keywords: tuple[Text, ...] = Field(default=(), max_length=30)
    questions: tuple[QuestionDefinition, ...] = Field(
        default=(), max_length=40, description="What may be asked by yes or no, each granted by its name"
    )
    #: Codes of resources that belong with it.
    related: tuple[str, ...] = ()

    @property
    def metadata(self) -> Metadata:
        """The metadata as declared, without what publishing adds."""
        return Metadata(
            category=self.category,
            subject=(self.subject.number, self.subject.title) if self.subject else None,
            detail=(self.detail.number, self.detail.title) if self.detail else None,
            updated=self.updated,
            format=self.format,
            open_type=self.open_type,
            conditions=self.conditions,
            keywords=self.keywords,
            related=self.related,
        )

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)):
            raise Unfit(Text("字段重复", "a field is listed twice"))
        refuse_unsound_questions(self.questions, frozenset(names))
        if self.detail is not None and self.subject is None:
            raise Unfit(Text("细目须在目之下", "a detail stands below a subject"))
        if self.subject is not None and len(self.subject.number) != 3:
            raise Unfit(Text("目的代码为三位数字", "a subject has three digits"))
        return self._free_of_personal_data_if_unconditional()

    def _free_of_personal_data_if_unconditional(self) -> Self:
        # PIPL article 13 asks for a ground for each use, so personal data are never shared unasked
        personal = [f.name for f in self.fields if f.secrecy.level >= Secrecy.PERSONAL.level]
        if self.sharing is Sharing.UNCONDITIONAL and personal:
            raise Unfit(
                Text(
                    f"个人信息字段不能无条件共享：{', '.join(personal)}",
                    f"personal fields are never shared unconditionally: {', '.join(personal)}",
                )
            )
        return self
