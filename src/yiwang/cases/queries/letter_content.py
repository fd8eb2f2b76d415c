"""What stands in letters and licences: the data that the templates of trust set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from yiwang.cases.contracts.words import (
    LICENCE_PATH,
    OUTCOME_TEXTS,
    STOP_TEXTS,
    EnclosureKind,
    Outcome,
    StopGround,
)
from yiwang.cases.models import Case, Decision, Enclosure, Letter, Licence
from yiwang.cases.queries.matters import form_of
from yiwang.cases.queries.types import type_version
from yiwang.cases.rows.clocks import limit_text
from yiwang.identity.api import find_organisation
from yiwang.kernel.days import day_text
from yiwang.kernel.text import Text, text_from
from yiwang.platform.contracts import Json
from yiwang.platform.environment import environment
from yiwang.trust.api import qr_svg

_REMEDIES = Text(
    "如不服本决定，可以自收到之日起六十日内申请行政复议，或者六个月内向人民法院提起行政诉讼。",
    "You may apply for administrative reconsideration within sixty days of receiving this, or bring a case"
    " before the people's court within six months.",
)
#: What stands on every licence, and so on its sample.
HOLDER = Text("持证人", "Holder")
GRANTED = Text("经审查，准予许可，颁发此证。", "Examined and granted.")
_ARTICLE_32 = Text("行政许可法第三十二条", "Article 32 of the Administrative Licensing Law")
_CONTACT = Text("咨询、监督电话：12345", "Questions and complaints: telephone 12345")


def licence_data(licence: Licence) -> dict[str, Json]:
    """The data of a licence."""
    stored = licence.content.get("facts", [])
    address = environment().address() + LICENCE_PATH.format(code=licence.verification_code)
    data: dict[str, Json] = {
        "title": _pair(text_from(licence.title)),
        "number": licence.number,
        "holder": {"label": _pair(HOLDER), "name": licence.holder_name},
        "facts": [{"label": dict(fact["label"]), "value": fact["value"]} for fact in stored],
        "statement": _pair(GRANTED),
        "issuer": _pair(organisation_full_name(licence.organisation)),
        "issued_on": _pair(day_text(licence.valid_from)),
        "verify": {"address": address, "qr": qr_svg(address)},
    }
    if licence.valid_to is not None:
        data["valid_until"] = _pair(day_text(licence.valid_to))
    return data


def letter_data(letter: Letter, *, on: date) -> dict[str, Json]:
    """The data of a letter; ``letter`` comes with its case."""
    row = letter.case
    body = _declared(letter) if "opening" in letter.content else _known(letter)
    address = tracking_address(row.number)
    data: dict[str, Json] = {
        "issuer": _pair(organisation_full_name(letter.organisation)),
        "number": letter.number,
        "title": _pair(text_from(letter.title)),
        "addressee": letter.addressee or row.applicant_name,
        "body": body,
        "contact": _pair(_CONTACT),
        "date": _pair(day_text(on)),
        "copies": _pair(Text("存档", "File")),
        "verify": {"address": address, "qr": qr_svg(address)},
        "languages": ["zh", "en"],
        "remedies": _pair(_REMEDIES if letter.kind in _APPEALABLE else Text("", "")),
    }
    return data


def _known(letter: Letter) -> list[Json]:
    """A letter whose words the engine knows."""
    row, law = letter.case, _law_of_corrections(letter.case)
    opening = Text(
        _OPENINGS[letter.kind].zh.format(number=row.number, title=row.title, law=law.zh),
        _OPENINGS[letter.kind].en.format(number=row.number, title=row.title, law=law.en),
    )
    return [{"text": _pair(opening)}, *_BODIES.get(letter.kind, _nothing)(letter)]


def _declared(letter: Letter) -> list[Json]:
    """A letter whose words the item declares."""
    row, content = letter.case, letter.content
    words = {"number": row.number, "title": row.title}
    facts = [(text_from(dict(fact["label"])), _same(str(fact["value"]))) for fact in content["facts"]]
    body: list[Json] = [{"text": _pair(text_from(content["opening"]).fill(**words))}]
    if facts:
        body.append(_facts(facts))
    if "closing" in content:
        body.append({"text": _pair(text_from(content["closing"]).fill(**words))})
    return body


def _law_of_corrections(row: Case) -> Text:
    """The article on which a notice of corrections rests: the item's own, else the licensing law's."""
    stops = type_version(row.type_version_id).definition.stops
    basis = next((stop.basis for stop in stops if stop.key == "supplement"), None)
    return _ARTICLE_32 if basis is None else limit_text(basis)


def tracking_address(number: str) -> str:
    """Where the applicant follows the case; the code is asked for there."""
    return f"{environment().address()}/track/?number={number}"


def organisation_full_name(code: str) -> Text:
    """The legal name of an organisation."""
    found = find_organisation(code)
    return found.name if found is not None else Text(code, code)


_APPEALABLE = frozenset({"decision", "not_accepted"})
_OPENINGS = {
    "decision": Text(
        "你（单位）关于“{title}”的申请（{number}），经审查，决定如下：",
        "Your application “{title}” ({number}) has been examined. It is decided:",
    ),
    "not_accepted": Text(
        "你（单位）关于“{title}”的申请（{number}），依法不予受理。",
        "Your application “{title}” ({number}) cannot be accepted.",
    ),
    "supplement": Text(
        "你（单位）关于“{title}”的申请（{number}）收悉。依照{law}，现一次性告知需要补正的全部内容：",
        "Your application “{title}” ({number}) was received. Under {law} this is everything that must be"
        " corrected:",
    ),
    "extension": Text(
        "你（单位）关于“{title}”的申请（{number}），经本机关负责人批准，依法延长办理期限。",
        "The time to decide on your application “{title}” ({number}) has been extended by the head.",
    ),
    "special_procedure": Text(
        "你（单位）关于“{title}”的申请（{number}），依法需要进行特别程序，所需时间不计入办理期限。",
        "Your application “{title}” ({number}) needs a special procedure, whose time by law is not counted.",
    ),
}


def _nothing(letter: Letter) -> list[Json]:
    return []


def _decision(letter: Letter) -> list[Json]:
    found = Decision.objects.filter(case_id=letter.case_id).first()
    if found is None:
        return []
    result = type_version(letter.case.type_version_id).result_title(letter.case.result)
    outcome = result or OUTCOME_TEXTS[Outcome(found.outcome)]
    stated = letter.content.get("facts", [])
    facts = [
        *((text_from(dict(fact["label"])), _same(str(fact["value"]))) for fact in stated),
        (Text("决定", "Decision"), outcome),
        (Text("理由", "Grounds"), _same(found.grounds)),
        (Text("附加条件", "Conditions"), _same(found.conditions)),
        (Text("依据", "Articles"), _same("；".join(found.articles))),
        (Text("文号", "Number"), _same(found.number)),
        (Text("附件", "Enclosed"), _enclosed(letter.case)),
    ]
    return [_facts(facts)]


def _enclosed(row: Case) -> Text:
    """The files that go with the answer; their digests let anyone see that they are the ones meant."""
    rows = Enclosure.objects.filter(case=row, kind=EnclosureKind.RELEASED, taken_back_at__isnull=True)
    return _same("；".join(f"{each.name}（SHA-256 {_grouped(each.sha256)}）" for each in rows.order_by("id")))


def _grouped(digest: str) -> str:
    """In eights, so that a line of a letter can break and a reader can compare."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def _not_accepted(letter: Letter) -> list[Json]:
    return [_facts([(Text("理由", "Reason"), _same(str(letter.content.get("reason") or "")))])]


def _supplement(letter: Letter) -> list[Json]:
    names = _names(letter.case)
    items = [
        Text(f"{name.zh}：{item['what']}", f"{name.en}: {item['what']}")
        for item in letter.content.get("items", [])
        if (name := names.get(item["path"] or item["material"], _same(item["path"] or item["material"])))
    ]
    days = letter.content.get("days")
    return [
        {"items": [_pair(item) for item in items]},
        _facts([(Text("补正期限", "Within"), _days(days, letter.content.get("unit"), within=True))]),
    ]


def _extension(letter: Letter) -> list[Json]:
    days, reason = letter.content.get("days"), str(letter.content.get("reason") or "")
    return [
        _facts(
            [
                (Text("延长", "Extended by"), Text(f"{days}个工作日", f"{days} working days")),
                (Text("理由", "Reason"), _same(reason)),
            ]
        )
    ]


def _special_procedure(letter: Letter) -> list[Json]:
    ground, days = str(letter.content.get("ground")), letter.content.get("days")
    facts = [(Text("程序", "Procedure"), STOP_TEXTS[StopGround(ground)])]
    if days:
        facts.append((Text("预计需要", "Expected to take"), _days(days, letter.content.get("unit"))))
    return [_facts([*facts, (Text("事由", "Reason"), _same(str(letter.content.get("reason") or "")))])]


_BODIES: dict[str, Callable[[Letter], list[Json]]] = {
    "decision": _decision,
    "not_accepted": _not_accepted,
    "supplement": _supplement,
    "extension": _extension,
    "special_procedure": _special_procedure,
}


def _names(row: Case) -> dict[str, Text]:
    root = row if not row.ancestors else Case.objects.get(pk=row.ancestors[0])
    kind = type_version(root.type_version_id)
    form = form_of(kind)
    names = {question.key: question.label for _, question in form.questions()} if form is not None else {}
    return names | {material.key: material.title for material in kind.definition.materials}


def _facts(facts: list[tuple[Text, Text]]) -> Json:
    shown: list[Json] = [{"label": _pair(label), "value": _pair(value)} for label, value in facts if value.zh]
    return {"facts": shown}


def _days(days: object, unit: object, *, within: bool = False) -> Text:
    word = ("个工作日", "working days") if unit == "working_days" else ("日", "days")
    return Text(f"{days}{word[0]}{'内' if within else ''}", f"{days} {word[1]}")


def _same(text: str) -> Text:
    return Text(text, text)


def _pair(text: Text) -> Json:
    return dict(text.as_dict())


def sealed_reason(letter: Letter) -> Text:
    """Why the seal is put on, for the register of its use."""
    title = text_from(letter.title)
    return Text(f"{title.zh} {letter.case.number}", f"{title.en} {letter.case.number}")
