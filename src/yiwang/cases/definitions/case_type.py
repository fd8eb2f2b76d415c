"""A service item (事项) as a pack writes it in ``cases/*.yaml``.

The elements follow the implementation list of administrative licensing (行政许可事项实施规范) and the
service-item elements (事项要素): basis, implementing body, applicants, conditions, materials, limits,
fee, result, windows. An item without a process is a guide only: it says how things are done, but the
city does not yet do them here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

_CODE = r"^[a-z][a-z0-9_]{1,60}$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemType(StrEnum):
    """The ten kinds of administrative items, and public services beside them."""

    LICENCE = "licence"
    PENALTY = "penalty"
    COERCION = "coercion"
    LEVY = "levy"
    PAYMENT = "payment"
    INSPECTION = "inspection"
    CONFIRMATION = "confirmation"
    REWARD = "reward"
    ADJUDICATION = "adjudication"
    OTHER = "other"
    PUBLIC_SERVICE = "public_service"
    #: Work between departments that no applicant asks for by itself (an opinion in a joint approval).
    INTERNAL = "internal"


class Legal(_Part):
    """A legal basis: law and article."""

    law: Text
    article: Text
    text: Text | None = None


class Budget(_Part):
    """A period of time by law or promise."""

    amount: int = Field(ge=0, le=10_000)
    unit: Literal["working_days", "working_minutes", "calendar_days"]


class Extension(_Part):
    """How far a limit may be extended, by whose approval."""

    amount: int = Field(gt=0, le=365)
    unit: Literal["working_days", "calendar_days"]
    basis: Legal
    approver: str = Field("approver", pattern=_CODE, description="Role that decides")


class Material(_Part):
    """One thing to hand in."""

    key: str = Field(pattern=_CODE)
    title: Text
    note: Text | None = None
    original: int = Field(0, ge=0, le=20, description="Number of originals")
    copies: int = Field(0, ge=0, le=20, description="Number of copies")
    electronic: bool = True
    source: Text = Field(description="Who issues it: the applicant or an agency")
    necessity: Literal["required", "conditional", "optional"] = "required"
    when: str | None = Field(None, description="FEEL: when a conditional material is needed")
    accept: tuple[str, ...] = ("pdf", "jpg", "png")
    most_megabytes: int = Field(20, ge=1, le=200)
    #: Licence kind that stands for it, so that people are not asked again for what the city issued (E5).
    licence: str | None = None

    @model_validator(mode="after")
    def _conditional_has_condition(self) -> Material:
        if (self.necessity == "conditional") != (self.when is not None):
            raise Unfit(
                Text(
                    "necessity为conditional的材料（且只有它）须用when:写明何时需要",
                    "a conditional material, and only that, says when: it is needed",
                )
            )
        return self


class Fee(_Part):
    """What it costs; zero says so plainly."""

    amount: int = Field(0, ge=0, description="In fen (0.01 yuan)")
    note: Text | None = None
    basis: Legal | None = None


class Result(_Part):
    """What the applicant gets."""

    title: Text
    kind: Literal["licence", "approval", "certificate", "reply", "record", "payment"]
    template: str | None = Field(None, description="File in templates/ without .typ")
    #: Facts printed on the document: label and FEEL over the case.
    facts: tuple[Fact, ...] = ()
    valid_months: int | None = Field(None, ge=1, le=600)
    seal: str | None = Field(None, description="Organisation whose seal it bears; default: the body")
    delivery: tuple[Literal["online", "counter", "post"], ...] = ("online",)
    founds: str | None = Field(
        None, description="FEEL: name of the firm that the licence brings into being and that holds it"
    )


class Fact(_Part):
    """A line of a document: a label, a FEEL value, and how that is written."""

    label: Text
    value: str
    shown: Literal["text", "number", "date", "industry"] = "text"


class GivenNumber(_Part):
    """A number that the city gives with the licence; expressions read it as ``given.<key>``."""

    key: str = Field(pattern=_CODE)
    kind: Literal["credit_code"] = Field(description="Unified social credit code (GB 32100-2015)")
    registrar: str = Field(
        "9",
        pattern=r"^[1-9ANY]$",
        description="GB 32100, table 2: 9 industry and commerce, 5 civil affairs, 1 establishment office",
    )
    category: str = Field(
        "1", pattern=r"^[1-9]$", description="Kind at that department, e.g. 1 a company, 2 a sole trader"
    )
    division: str = Field(
        description="FEEL giving the division (GB/T 2260); its first six digits stand in the code"
    )


class Record(_Part):
    """An entry that the licence brings about in a register, or amends, from the day on which it is issued.

    Fields whose FEEL reads ``licence`` follow it: they are written anew when its document is made and when
    it is revoked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    register_code: str = Field(alias="register", pattern=_CODE)
    when: Literal["issued"] = Field("issued", description="With the licence, in the same transaction")
    source: str | None = Field(
        None, pattern=_CODE, description="In whose name; the organisation that issues the licence"
    )
    amends: str | None = Field(
        None,
        description="FEEL for the key of an entry that is there already: its fields below are amended, the "
        "others stay; where it gives null, or there is no such entry any more, nothing is written",
    )
    fields: dict[str, str] = Field(
        min_length=1, description="FEEL for each field, over the case, `licence` and `given`"
    )


class CasePrefill(_Part):
    """What the organisation at work on a case takes from a resource, in one look under its own grant.

    The officer who opens the case finds the values beside what the applicant says.
    """

    resource: str = Field(pattern=r"^[a-z][a-z0-9_.]{0,80}$")
    key: str = Field(description="FEEL over `answers`: the number that the resource is asked by")
    fields: dict[str, str | None] = Field(
        min_length=1,
        max_length=40,
        description="Each field with FEEL over `answers` for what is said of it; null compares nothing",
    )


class Digs(_Part):
    """Which questions of the form say what ground is to be dug, how deep and when: for the dig check."""

    area: str = Field(pattern=_CODE)
    depth: str = Field(pattern=_CODE, description="Metres")
    begins: str = Field(pattern=_CODE)
    ends: str = Field(pattern=_CODE)


class SharedGrant(_Part):
    """The grant of the exchange that the approval gives, in the same transaction; each term is FEEL."""

    resource: str
    grantee: str
    fields: str
    purpose: str
    basis_zh: str
    basis_en: str
    valid_from: str
    valid_until: str
    quota: str | None = None
    rows: str | None = Field(None, description="FEEL giving contexts with `field` and `values`, or null")

    def terms(self) -> dict[str, str]:
        """FEEL by term, those that are declared."""
        return {name: feel for name, feel in self.model_dump().items() if feel is not None}


class Window(_Part):
    """A counter where the item is handled."""

    organisation: str
    place: Text
    hours: Text
    phone: str
    slots_per_day: int = Field(0, ge=0, le=2000, description="Appointments a day; 0: none")


class Question(_Part):
    """A question people ask, with its answer."""

    question: Text
    answer: Text


class Publication(_Part):
    """What of a case that ends with a reply may be published: question and reply, if the applicant agrees."""

    agreed: str = Field(pattern=_CODE, description="Question (yes_no) by which the applicant agrees")
    text: str = Field(pattern=_CODE, description="Question whose answer is published with the reply")


class StopGround(_Part):
    """A ground that stops the clock (Administrative Licensing Law, Art. 45).

    ``within`` is the time from acceptance in which a notice of corrections must go out. After one that
    ``restarts`` the limits count anew from the day on which the corrected application or the fee came
    (Order 711 of 2019, Art. 30). ``tells``: the applicant is told by a notice of its own; no, where the
    process draws a letter that says more.
    """

    key: Literal[
        "supplement", "hearing", "expert_review", "inspection", "test", "third_party", "joint_origin", "fee"
    ]
    basis: Legal
    longest_days: int | None = Field(None, gt=0, le=365)
    unit: Literal["calendar_days", "working_days"] = Field("calendar_days", description="Of longest_days")
    within: Budget | None = None
    restarts: bool = False
    tells: bool = True

    @model_validator(mode="after")
    def _said_of_corrections(self) -> StopGround:
        if self.key != "supplement" and self.within is not None:
            raise Unfit(Text("within只用于supplement", "within goes with supplement alone"))
        if self.key not in {"supplement", "fee"} and self.restarts:
            raise Unfit(Text("restarts只用于supplement和fee", "restarts goes with supplement and fee alone"))
        return self


class ClockRule(_Part):
    """A declared clock that steps of the process name."""

    key: str = Field(pattern=_CODE)
    title: Text
    budget: Budget
    basis: Legal | None = None
    since: Literal["step", "acceptance"] = Field(
        "step", description="From when it counts: the step's beginning, or the acceptance of the case"
    )


class DeclaredResult(_Part):
    """One way in which a case may turn out, in the words of its own law.

    ``verdict`` is its effect; ``ends`` names the end without a decision that it also stands for.
    """

    key: str = Field(pattern=_CODE)
    verdict: Literal["approve", "conditional", "refuse"]
    ends: Literal["lapsed", "withdrawn"] | None = None
    title: Text
    basis: Legal | None = None
    encloses: Literal["severed"] | None = Field(
        None, description="severed: decided only with a file from which parts were taken out, and the proof"
    )


class EncloseStep(_Part):
    """A step at which officers put files to the case: what goes out with the decision, or what came in."""

    step: str
    kind: Literal["released", "received"]


class DeclaredLetter(_Part):
    """A sealed letter with a number that a service task with the act ``send_letter`` has written.

    ``opening`` and ``closing`` may name ``{number}`` and ``{title}`` of the case. Letters to others than the
    applicant are not shown to the applicant.
    """

    step: str = Field(description="The service task")
    title: Text
    to: Literal["applicant", "named", "body", "asker"] = Field(
        "applicant",
        description="named: whoever `name` gives; body: who handles this case, from the case that asked; "
        "asker: the body of the case that asked",
    )
    name: str | None = Field(None, description="FEEL giving the addressee, where to is named")
    opening: Text
    facts: tuple[Fact, ...] = ()
    closing: Text | None = None

    @model_validator(mode="after")
    def _named(self) -> DeclaredLetter:
        if (self.to == "named") != (self.name is not None):
            raise Unfit(Text("to为named时（且只有此时）须写name", "to: named, and only that, has a name"))
        for words in (self.opening, self.closing or self.opening):
            try:
                words.fill(number="", title="")
            except (KeyError, IndexError, ValueError) as unknown:
                raise Unfit(
                    Text("文书的文字只能用{number}和{title}", "a letter names {number} and {title} alone")
                ) from unknown
        return self


class Eligibility(_Part):
    """Questions that tell before applying whether and how one can apply."""

    form: str = Field(pattern=_CODE)
    decision: str = Field(pattern=_CODE, description="DMN decision giving eligible, reason_zh, reason_en")


class CaseType(_Part):
    """One service item."""

    code: str = Field(pattern=_CODE)
    title: Text
    summary: Text
    item_type: ItemType
    catalogue: Literal["administrative", "public_service", "internal"]
    basic_code: str = Field(pattern=r"^[0-9A-Z-]{3,40}$")
    implementing_code: str = Field(pattern=r"^[0-9A-Z-]{3,60}$")
    legal_basis: tuple[Legal, ...] = Field(min_length=1)
    body: str = Field(pattern=_CODE, description="Implementing body: organisation code")
    delegated_body: str | None = None
    joint_bodies: tuple[str, ...] = ()
    applicants: tuple[Literal["person", "legal_entity", "organisation"], ...]
    handling: Literal["immediate", "promised"]
    statutory_limit: Budget
    promised_limit: Budget
    clocks: tuple[ClockRule, ...] = ()
    stops: tuple[StopGround, ...] = ()
    extension: Extension | None = None
    silence: Literal["none", "granted"] = Field("none", description="Legal effect of silence (E44)")
    conditions: tuple[Text, ...] = ()
    eligibility: Eligibility | None = None
    materials: tuple[Material, ...] = ()
    fee: Fee = Fee()
    result: Result
    visits: int = Field(0, ge=0, le=10)
    online_depth: Literal["I", "II", "III", "IV"]
    channels: tuple[Literal["online", "counter", "post"], ...]
    windows: tuple[Window, ...] = ()
    complaints: str = "12345"
    themes: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    steps: tuple[Text, ...] = Field((), description="The flow in words, for guides")
    questions: tuple[Question, ...] = ()
    #: Number prefix: two or three capitals, e.g. TZ gives TZ20261121-000123.
    prefix: str = Field("", pattern=r"^([A-Z]{2,3})?$")
    form: str | None = Field(None, pattern=_CODE)
    process: str | None = Field(None, pattern=_CODE)
    #: FEEL over answers: the case's title in lists; personal data must not be used.
    case_title: str | None = None
    #: FEEL over answers giving the division where the matter lies (district routing).
    division: str | None = None
    #: FEEL over answers: organisation that handles the case, when it is not always ``body``.
    handled_by: str | None = None
    gives: tuple[GivenNumber, ...] = Field((), description="Numbers that the city gives with the licence")
    records: tuple[Record, ...] = Field((), description="Entries of registers that the licence brings about")
    prefills: tuple[CasePrefill, ...] = Field(
        (), description="What registers say of the matter, shown to who works on the case"
    )
    digs: Digs | None = Field(None, description="Ground that officers check before it is dug")
    grants: SharedGrant | None = Field(None, description="What the approval lets the applicant look at")
    results: tuple[DeclaredResult, ...] = Field((), description="The ways in which it may turn out by law")
    result_of: str | None = Field(
        None, description="FEEL giving the key of the result when the decision is made"
    )
    letters: tuple[DeclaredLetter, ...] = Field((), description="Letters that its process sends")
    encloses_at: tuple[EncloseStep, ...] = Field(
        (), description="Steps at which officers put files to the case"
    )
    receipt: Literal["handed_in", "confirmed"] = Field(
        "handed_in",
        description="confirmed: what came online or by ordinary post counts as received on the day on which "
        "that is confirmed with the applicant (Order 711 of 2019, Art. 31); `case.receipt_known` says so",
    )
    looks_for: tuple[str, ...] = Field(
        (),
        description="Questions whose answers are looked for among what is public, before it is sent",
    )
    publish_result: bool = True
    publication: Publication | None = Field(
        None, description="Question and reply may be published once an officer has taken personal data out"
    )
    most_per_day: int | None = Field(
        None, ge=1, le=1000, description="Applications that one person or firm may send online in a day"
    )
    secrecy: Literal["public", "internal", "sensitive"] = "internal"

    @property
    def is_guide_only(self) -> bool:
        """Whether it only tells how things are done."""
        return self.process is None

    @model_validator(mode="after")
    def _whole(self) -> CaseType:
        if (self.process is None) != (self.form is None) and self.catalogue != "internal":
            raise Unfit(
                Text(
                    "事项的form和process须同时有，或同时没有（只作指南）",
                    "an item has both a form and a process, or neither (a guide)",
                )
            )
        if self.process is not None and not self.prefix:
            raise Unfit(
                Text(
                    "有流程的事项须有办件编号的前缀prefix",
                    "an item with a process needs a prefix for case numbers",
                )
            )
        if self.handling == "immediate" and self.promised_limit.unit == "calendar_days":
            raise Unfit(
                Text(
                    "即办件的承诺时限应为工作分钟或一个工作日",
                    "an item handled at once promises minutes or one working day",
                )
            )
        keys = [material.key for material in self.materials]
        if len(keys) != len(set(keys)):
            raise Unfit(Text("两份材料的key相同", "two materials have the same key"))
        asked = [prefill.resource for prefill in self.prefills]
        if len(asked) != len(set(asked)):
            raise Unfit(Text("prefills中同一资源写了两次", "prefills name the same resource twice"))
        if (self.result_of is None) != (not self.results):
            raise Unfit(Text("results和result_of须同时写", "results and result_of go together"))
        named = [result.key for result in self.results]
        if len(named) != len(set(named)):
            raise Unfit(Text("results中两种结果的key相同", "two results have the same key"))
        given = [number.key for number in self.gives]
        if len(given) != len(set(given)):
            raise Unfit(Text("gives中两个号码的key相同", "two given numbers have the same key"))
        return self


Result.model_rebuild()
DeclaredLetter.model_rebuild()
CaseType.model_rebuild()
