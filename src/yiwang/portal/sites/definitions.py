"""What a city writes of its sites, a file a site: ``cities/<code>/sites/<site>.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.portal.sites.contracts import Flow
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.declared import DeclaredFields
from yiwang.portal.sites.rules.reviews import MOST
from yiwang.portal.sites.rules.themes import Theme

SiteKind = Literal["main", "department", "district"]
FileName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}\.[a-z0-9]{2,5}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
#: First parts of addresses that are no pages.
RESERVED = frozenset({"files", "feed", "en", "hant", "report", "view"})
#: Fields that articles write beside their titles.
_BESIDE = ("author", "source", "issuer", "index_number", "document_number")
_RESERVED = Text("这个地址另有用处", "This address is taken for something else")
_ONE_OF = Text("每一段只写一种内容", "Each part says one thing")


Written = Text | date | int | float | str
FieldValue = Written | tuple[dict[str, Written], ...]


class Table(BaseModel):
    """A table: its first row heads the columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    caption: str = ""
    rows: tuple[tuple[str, ...], ...] = Field(min_length=2)


class FilePart(BaseModel):
    """A picture or an attachment: the name of a file in ``sites/files/<code of the site>/``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: FileName
    alt: str = ""
    caption: str = ""


class BodyPart(BaseModel):
    """One part of a body: a heading, a paragraph, a table, a picture or an attachment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str = ""
    paragraph: str = ""
    table: Table | None = None
    picture: FilePart | None = None
    attachment: FilePart | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> BodyPart:
        said = (self.heading, self.paragraph, self.table, self.picture, self.attachment)
        if sum(map(bool, said)) != 1:
            raise Unfit(_ONE_OF)
        return self

    @property
    def file(self) -> str:
        """The name of the file that it shows; empty for none."""
        shown = self.picture or self.attachment
        return shown.file if shown else ""

    def part(self, files: Mapping[str, int]) -> Part:
        """The same as pages have it; ``files`` are the ids of files by name."""
        if self.picture is not None:
            picture = self.picture
            return Part(kind="picture", file=files[picture.file], alt=picture.alt, caption=picture.caption)
        if self.attachment is not None:
            return Part(kind="attachment", file=files[self.attachment.file], caption=self.attachment.caption)
        if self.table is not None:
            rows = "\n".join(" | ".join(row) for row in self.table.rows)
            return Part(kind="table", text=rows, caption=self.table.caption)
        if self.heading:
            return Part(kind="heading", text=self.heading)
        return Part(kind="paragraph", text=self.paragraph.strip())


class English(BaseModel):
    """What of a page somebody has written in English; the rest is not made up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=255)
    summary: str = Field(default="", max_length=1000)
    body: tuple[BodyPart, ...] = ()


class PageDefinition(BaseModel):
    """A page that the site begins with; editors go on from there, and no load writes over them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: Slug
    kind: str = Field(pattern=r"^[a-z][a-z_]{1,39}$", description="Key of a kind of pages")
    title: str = Field(min_length=1, max_length=255)
    summary: str = Field(default="", max_length=500)
    #: Whether the menu of the site names it.
    menu: bool = False
    flow: Flow = Flow.NONE
    day: date | None = None
    author: str = ""
    source: str = ""
    issuer: str = Field(default="", description="Organisation code")
    index_number: str = ""
    document_number: str = ""
    body: tuple[BodyPart, ...] = ()
    #: What its kind says of itself beyond the above; words in two languages as ``{zh: …, en: …}``.
    fields: dict[str, FieldValue] = Field(default_factory=dict)
    english: English | None = None
    pages: tuple[PageDefinition, ...] = ()

    @property
    def file_names(self) -> frozenset[str]:
        """The files that its body and that of its English name."""
        parts = (*self.body, *(self.english.body if self.english else ()))
        return frozenset(part.file for part in parts if part.file)

    @property
    def declared(self) -> DeclaredFields:
        """Its own fields, with those that an article writes beside its title."""
        beside = {name: str(getattr(self, name)) for name in _BESIDE if getattr(self, name)}
        return {**beside, **self.fields}


class ChecksDefinition(BaseModel):
    """How many reviews and proofs pages of one kind need before they go out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reviews: int = Field(ge=0, le=MOST)
    proofs: int = Field(ge=0, le=MOST)


class SiteDefinition(BaseModel):
    """One site of the group, with the pages that it begins with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")
    kind: SiteKind
    title: Text
    lead: Text
    organisation: str = Field(description="Code of the organisation whose officers edit it")
    order: int = Field(default=100, ge=1, le=10_000)
    theme: Theme = Theme.PEARL
    identifier: str = Field(max_length=20, description="Site identification code (网站标识码)")
    phone: str = Field(max_length=40)
    #: By kind of page, ``default`` for the rest; else three and three, one and one for pages without text.
    checks: dict[str, ChecksDefinition] = Field(default_factory=dict)
    pages: tuple[PageDefinition, ...] = ()

    @model_validator(mode="after")
    def _leaves_reserved_addresses(self) -> SiteDefinition:
        if any(page.address in RESERVED for page in self.pages):
            raise Unfit(_RESERVED)
        return self
