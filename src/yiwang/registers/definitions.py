"""What a pack may write in ``registers/*.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.registers.care import Comparison, DuplicateSet, QualityKind, QualityRule, Share, StandardAddress

NAME = r"^[a-z][a-z0-9_]{0,39}$"
#: Words of SQL that would read oddly as columns are quoted anyway; these would collide in answers and loads.
RESERVED = frozenset({"entry", "version", "masked", "values", "line"})


class FieldKind(StrEnum):
    """What a field holds; a kind knows the standard of its values."""

    RESIDENT_ID = "resident_id"  # GB 11643
    CREDIT_CODE = "credit_code"  # GB 32100
    DIVISION = "division"  # GB/T 2260, with the statistical street and community codes
    INDUSTRY = "industry"  # GB/T 4754
    SEX = "sex"  # GB/T 2261.1
    ETHNIC_GROUP = "ethnic_group"  # GB/T 3304
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    PHONE = "phone"
    ADDRESS = "address"
    CODE = "code"
    REFERENCE = "reference"
    JSON = "json"
    POINT = "point"
    PATH = "path"
    AREA = "area"


TEXTUAL = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.ADDRESS})
#: Shapes in CGCS2000 (EPSG:4490).
SHAPES = frozenset({FieldKind.POINT, FieldKind.PATH, FieldKind.AREA})
NUMERIC = frozenset({FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY})
#: Asked for by more than equality, or never: no use for a digest.
_INEXACT = NUMERIC | frozenset({FieldKind.DATE, FieldKind.MOMENT, FieldKind.LONG_TEXT, FieldKind.JSON})


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CodeValue(_Strict):
    """One value of a code list; codes are never used again for something else."""

    code: str = Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$")
    title: Text


class FieldDefinition(_Strict):
    """One field. ``id`` stays for ever, so a field that is renamed keeps its column."""

    id: int = Field(ge=1, le=9999)
    name: str = Field(pattern=NAME)
    kind: FieldKind
    title: Text
    hint: Text | None = None
    secrecy: Secrecy = Secrecy.INTERNAL
    required: bool = False
    unique: bool = False
    #: Lies encrypted in the table and its history; equal values are found by a keyed digest.
    encrypted: bool = False
    #: May be asked for in lists: equal for codes, beginning-with for texts.
    searchable: bool = False
    codes: tuple[CodeValue, ...] = ()
    #: The code that entries get which were there before the field was; a required one may then come later.
    backfill: str | None = None
    register_code: str | None = Field(default=None, alias="register")
    #: What becomes of an entry when the one that it refers to ends: that is refused while this one refers to
    #: it, it is left and flagged as a defect, or it follows and ends the same day.
    on_retire: Literal["refuse", "flag", "follow"] = "refuse"
    max_length: int | None = Field(default=None, ge=1, le=100_000)
    min: Decimal | None = None
    max: Decimal | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.name in RESERVED:
            raise Unfit(
                Text(
                    f"“{self.name}”是平台用词，请换一个名称",
                    f"{self.name!r} is a word of the platform; choose another name",
                )
            )
        if (self.kind is FieldKind.CODE) != bool(self.codes):
            raise Unfit(
                Text("code类字段（且只有它）须列出代码", "a code field, and only it, lists its codes")
            )
        if (self.kind is FieldKind.REFERENCE) != bool(self.register_code):
            raise Unfit(
                Text(
                    "reference类字段（且只有它）须写明登记簿",
                    "a reference field, and only it, names its register",
                )
            )
        if self.on_retire != "refuse" and self.kind is not FieldKind.REFERENCE:
            raise Unfit(Text("on_retire只用于reference类字段", "on_retire is for references"))
        if self.max_length is not None and self.kind not in TEXTUAL:
            raise Unfit(Text("max_length只用于文字和地址", "max_length is for texts and addresses"))
        if (self.min is not None or self.max is not None) and self.kind not in NUMERIC:
            raise Unfit(Text("min和max只用于数字", "min and max are for numbers"))
        if self.min is not None and self.max is not None and self.min > self.max:
            raise Unfit(Text("min大于max", "min is greater than max"))
        self._check_encrypted()
        codes = [value.code for value in self.codes]
        if self.backfill is not None and (self.encrypted or self.backfill not in codes):
            raise Unfit(
                Text(
                    "backfill须是本字段所列的代码，且字段不加密",
                    "backfill is a code that the field lists, and the field is not encrypted",
                )
            )
        if len(codes) != len(set(codes)):
            raise Unfit(Text("代码重复", "a code is listed twice"))
        return self

    def _check_encrypted(self) -> None:
        if not self.encrypted:
            return
        if self.secrecy.level < Secrecy.PERSONAL.level:
            raise Unfit(
                Text(
                    "encrypted只用于personal或sensitive字段",
                    "encrypted is for fields that are personal or sensitive",
                )
            )
        if self.kind in SHAPES or self.kind is FieldKind.REFERENCE:
            raise Unfit(
                Text(
                    f"{self.kind.value}类字段不能加密：须按位置或引用查找",
                    f"a {self.kind.value} field is not encrypted: it is looked for by place or reference",
                )
            )
        if (self.searchable or self.unique) and self.kind in _INEXACT:
            raise Unfit(
                Text(
                    f"加密的{self.kind.value}类字段不能查询：密文只能按相等查找",
                    f"an encrypted {self.kind.value} field is not searched: only equal values can be found",
                )
            )

    @property
    def longest(self) -> int | None:
        """Most characters of a text; None where the kind settles it."""
        default = {FieldKind.TEXT: 200, FieldKind.ADDRESS: 300, FieldKind.LONG_TEXT: 20_000}
        return self.max_length or default.get(self.kind)

    def code_title(self, code: str) -> Text | None:
        """The words of a code of this field's list."""
        return next((value.title for value in self.codes if value.code == code), None)


class LinkDefinition(_Strict):
    """A field whose value is the key of another owner's entry, where that need not be there.

    A firm's representative may live in another city: the field is no reference, but leads to the person's
    entry if there is one, and the city may do without that register. With ``orphans: flag`` it must be there,
    and values that lead nowhere are defects.
    """

    field: str
    register_code: str = Field(alias="register")
    orphans: Literal["allow", "flag"] = "allow"


class RemovedField(_Strict):
    """A tombstone: the id and name of a field that is gone are not used again."""

    id: int = Field(ge=1, le=9999)
    name: str = Field(pattern=NAME)
    since: str = Field(pattern=r"^\d+\.\d+\.\d+$")


class Subject(_Strict):
    """Whose data an entry is, so that this person or firm can see who looked.

    ``kind`` is fixed, or ``kind_field`` names a code field whose value is ``person`` or ``entity``.
    """

    kind: Literal["person", "entity"] | None = None
    kind_field: str | None = None
    field: str

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.kind is None) == (self.kind_field is None):
            raise Unfit(Text("kind和kind_field应写一个，且只写一个", "give either kind or kind_field"))
        return self


def _twice(values: Sequence[object]) -> list[str]:
    return sorted({str(value) for place, value in enumerate(values) if value in values[:place]})


class RegisterDefinition(_Strict):
    """A register: its owner, key and fields."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")
    title: Text
    summary: Text
    owner: str = Field(description="Code of the organisation that answers for the register")
    #: Organisations that write entries of their own besides the owner.
    sources: tuple[str, ...] = ()
    #: Public fields may be read by everybody.
    open: bool = False
    key: str
    district: str | None = None
    subject: Subject | None = None
    fields: tuple[FieldDefinition, ...] = Field(min_length=1, max_length=200)
    removed: tuple[RemovedField, ...] = ()
    links: tuple[LinkDefinition, ...] = Field((), max_length=20)
    #: Addresses that are compared with the standard ones when they are written.
    addresses: tuple[StandardAddress, ...] = Field((), max_length=8)
    #: How entries that are likely the same are found.
    duplicates: tuple[DuplicateSet, ...] = Field((), max_length=8)
    #: What is worked out from other fields with each write.
    shares: tuple[Share, ...] = Field((), max_length=4)
    #: What its entries should keep beyond what every entry must; references are looked at in any case.
    quality: tuple[QualityRule, ...] = Field((), max_length=40)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [field.name for field in self.fields] + [gone.name for gone in self.removed]
        ids = [field.id for field in self.fields] + [gone.id for gone in self.removed]
        if len(names) != len(set(names)):
            raise Unfit(
                Text(
                    f"字段名重复，或属于已删除的字段：{', '.join(_twice(names))}",
                    f"a field name is used twice, or belongs to a removed field: {', '.join(_twice(names))}",
                )
            )
        if len(ids) != len(set(ids)):
            raise Unfit(
                Text(
                    f"字段id重复，或属于已删除的字段：{', '.join(_twice(ids))}",
                    f"a field id is used twice, or belongs to a removed field: {', '.join(_twice(ids))}",
                )
            )
        if self.code.endswith("_history"):
            raise Unfit(Text("登记簿的编码不能以_history结尾", "a register's code does not end in _history"))
        self._check_key()
        self._check_places()
        self._check_addresses()
        self._check_duplicates()
        self._check_quality()
        self._check_shares()
        self._check_encrypted()
        return self

    def _check_encrypted(self) -> None:
        """What joins, counts or compares entries needs a field that does not lie encrypted."""
        uses = {
            "key": (self.key,),
            "district": (self.district,),
            "subject": (self.subject.field, self.subject.kind_field) if self.subject else (),
            "links": tuple(link.field for link in self.links),
            "addresses": tuple(name for each in self.addresses for name in (each.field, *each.kept)),
            "duplicates": tuple(each.field for declared in self.duplicates for each in declared.fields),
            "shares": tuple(name for each in self.shares for name in (each.value, each.of)),
            "quality": tuple(name for rule in self.quality for name in (*rule.fields, rule.only_field)),
        }
        encrypted = {field.name for field in self.fields if field.encrypted}
        for use, named in uses.items():
            found = next((name for name in named if name in encrypted), None)
            if found is not None:
                raise Unfit(Text(f"{use}：“{found}”是加密字段", f"{use}: the field {found!r} lies encrypted"))

    def _check_addresses(self) -> None:
        """Nothing is kept beside an address that more may read than the address itself."""
        kinds = {"code_field": FieldKind.TEXT, "point_field": FieldKind.POINT}
        for each in self.addresses:
            address = self.find(each.field)
            if address is None or address.kind is not FieldKind.ADDRESS:
                raise Unfit(
                    Text(
                        f"addresses：“{each.field}”须是address类字段",
                        f"addresses: {each.field!r} must be an address field",
                    )
                )
            for word, kind in kinds.items():
                name = getattr(each, word)
                kept = self.find(name) if name is not None else None
                if name is None:
                    continue
                if kept is None or kept.kind is not kind or kept.secrecy.level < address.secrecy.level:
                    raise Unfit(
                        Text(
                            f"addresses.{word}：“{name}”须是{kind.value}类字段，密级不低于“{each.field}”",
                            f"addresses.{word}: {name!r} must be a {kind.value} field that is no less "
                            f"secret than {each.field!r}",
                        )
                    )

    def _check_quality(self) -> None:
        for link in self.links:
            linked = self.find(link.field)
            if linked is None or linked.kind not in _LINKED:
                raise Unfit(
                    Text(
                        f"links：没有字段“{link.field}”，或不能以该类字段关联",
                        f"links: there is no field {link.field!r}, or its kind leads nowhere",
                    )
                )
        keys = [rule.key for rule in self.quality_rules]
        if len(keys) != len(set(keys)):
            raise Unfit(
                Text("quality的key重复，或以ref_开头", "a key of quality is used twice, or begins with ref_")
            )
        for rule in self.quality:
            named = (*rule.fields, *((rule.only_field,) if rule.only_field else ()))
            found = [self.find(name) for name in named]
            kinds = [field.kind for field in found if field is not None][: len(rule.fields)]
            wanted = _QUALITY_KINDS.get(rule.kind, ())
            leads = (
                rule.kind is not QualityKind.REFERS or None in found or bool(self.leads_to(rule.fields[0]))
            )
            fits = leads and all(kind in allowed for kind, allowed in zip(kinds, wanted, strict=False))
            if None in found or not fits:
                raise Unfit(
                    Text(
                        f"quality.{rule.key}：没有这些字段，或字段类型不适用于{rule.kind.value}",
                        f"quality.{rule.key}: no such fields, or not of a kind for {rule.kind.value}",
                    )
                )

    def _check_shares(self) -> None:
        written = [name for each in self.shares for name in (each.field, each.state)]
        if len(written) != len(set(written)):
            raise Unfit(Text("shares：字段重复", "shares: a field is written twice"))
        for each in self.shares:
            kinds: dict[str, frozenset[FieldKind]] = {
                each.field: frozenset({FieldKind.DECIMAL}),
                each.state: frozenset({FieldKind.CODE}),
                each.value: frozenset({FieldKind.DECIMAL, FieldKind.INTEGER}),
                each.of: frozenset({FieldKind.REFERENCE}),
            }
            for name, wanted in kinds.items():
                field = self.find(name)
                if field is None or field.kind not in wanted or field.required == (name in written):
                    raise Unfit(
                        Text(
                            f"shares：“{name}”不适用；算出的字段不能必填，所据的字段须必填",
                            f"shares: {name!r} does not fit; what is worked out is not required, and what "
                            "it is worked out from is",
                        )
                    )
            if len(self.get(each.state).codes) != 2:
                raise Unfit(
                    Text(f"shares：“{each.state}”须有两个代码", f"shares: {each.state!r} has two codes")
                )

    @property
    def worked_out(self) -> frozenset[str]:
        """Fields that nobody fills in."""
        return frozenset(name for each in self.shares for name in (each.field, each.state))

    def _check_duplicates(self) -> None:
        keys = [declared.key for declared in self.duplicates]
        if len(keys) != len(set(keys)):
            raise Unfit(Text("duplicates的key重复", "a key of duplicates is used twice"))
        for declared in self.duplicates:
            for compared in declared.fields:
                field = self.find(compared.field)
                if field is None or field.kind not in _COMPARED[compared.by]:
                    raise Unfit(
                        Text(
                            f"duplicates.{declared.key}：没有字段“{compared.field}”，或该类字段不能这样比较",
                            f"duplicates.{declared.key}: there is no field {compared.field!r}, "
                            f"or its kind is not compared so",
                        )
                    )

    def _check_key(self) -> None:
        key = self.find(self.key)
        if key is None or not (key.required and key.unique):
            raise Unfit(
                Text(
                    f"key：“{self.key}”须是必填且唯一的字段",
                    f"key: {self.key!r} must be a required and unique field",
                )
            )
        if key.kind not in _KEY_KINDS:
            raise Unfit(
                Text(
                    f"key：{key.kind.value}类字段不能作主键", f"key: a {key.kind.value} field cannot be a key"
                )
            )

    def _check_places(self) -> None:
        if self.district is not None:
            place = self.find(self.district)
            if place is None or place.kind is not FieldKind.DIVISION:
                raise Unfit(
                    Text(
                        f"district：“{self.district}”须是division类字段",
                        f"district: {self.district!r} must be a division field",
                    )
                )
        if self.subject is None:
            return
        for name in filter(None, (self.subject.field, self.subject.kind_field)):
            if self.find(name) is None:
                raise Unfit(Text(f"subject：没有字段“{name}”", f"subject: there is no field {name!r}"))

    @property
    def quality_rules(self) -> tuple[QualityRule, ...]:
        """The declared rules, and one for each reference: what it refers to is there."""
        flagged = {link.field for link in self.links if link.orphans == "flag"}
        references = (
            field for field in self.fields if field.kind is FieldKind.REFERENCE or field.name in flagged
        )
        return self.quality + tuple(
            QualityRule(
                key=f"ref_{field.name}"[:40],
                title=Text(
                    f"“{field.title.zh}”引用的登记项存在", f"What “{field.title.en}” refers to is there"
                ),
                kind=QualityKind.REFERS,
                fields=(field.name,),
            )
            for field in references
        )

    def leads_to(self, name: str) -> str:
        """The register to whose key a field leads, as a reference or a link; empty if to none."""
        linked = next((link.register_code for link in self.links if link.field == name), "")
        return self.get(name).register_code or linked

    def find(self, name: str) -> FieldDefinition | None:
        """The field of a name or None."""
        return next((field for field in self.fields if field.name == name), None)

    def get(self, name: str) -> FieldDefinition:
        """The field of a name, which exists."""
        if (found := self.find(name)) is None:
            raise KeyError(f"register {self.code} has no field {name!r}")
        return found

    @property
    def key_field(self) -> FieldDefinition:
        """The field by which people know an entry."""
        return self.get(self.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Field names in the declared order."""
        return tuple(field.name for field in self.fields)

    @property
    def highest_secrecy(self) -> Secrecy:
        """The secrecy of the most secret field."""
        return max((field.secrecy for field in self.fields), key=lambda secrecy: secrecy.level)


_KEY_KINDS = frozenset(
    {FieldKind.RESIDENT_ID, FieldKind.CREDIT_CODE, FieldKind.DIVISION, FieldKind.TEXT, FieldKind.REFERENCE}
)
_WORDS = TEXTUAL | frozenset(
    {FieldKind.RESIDENT_ID, FieldKind.CREDIT_CODE, FieldKind.PHONE, FieldKind.REFERENCE}
)
#: Kinds whose values may be the key of another owner's entry.
_LINKED = (_WORDS | {FieldKind.DIVISION}) - {FieldKind.REFERENCE}
#: Kinds that are compared in each way.
_COMPARED = {
    Comparison.EQUAL: frozenset(FieldKind) - {FieldKind.JSON, FieldKind.LONG_TEXT, *SHAPES},
    Comparison.NEAR: _WORDS,
    Comparison.BIRTHDAY: frozenset({FieldKind.DATE, FieldKind.RESIDENT_ID}),
}
_DAYS = frozenset({FieldKind.DATE, FieldKind.MOMENT})
_IDENTITY = frozenset({FieldKind.RESIDENT_ID})
#: Kinds of the fields of each rule, in order; where none are named every kind will do.
_QUALITY_KINDS: dict[QualityKind, tuple[frozenset[FieldKind], ...]] = {
    QualityKind.BIRTHDAY: (_IDENTITY, frozenset({FieldKind.DATE})),
    QualityKind.SEX: (_IDENTITY, frozenset({FieldKind.SEX})),
    QualityKind.ORDER: (_DAYS | NUMERIC, _DAYS | NUMERIC),
    QualityKind.FRESH: (_DAYS,),
}
