"""What of a page is in the wrong language, and what a form on it answers when it is refused."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from lxml import html
from lxml.html import HtmlElement as Page

#: Written so in Chinese too: formats, units, standards, marks.
_SIGNS = re.compile(
    r"PDF|JPE?G|PNG|DOCX|XLSX|CSV|OFD|ZIP|MB|KB|GB/T|GB|SHA-256|API|OpenAPI|JSON|RSS|URL|UTF-8|BPMN|DMN|FEEL|"
    r"[IVX]+|[A-Z]{2,4}[\d-][\w-]*|\w*\d\w*|GeoPackage|GeoJSON|FlatGeobuf|Shapefile|"
    r"Parquet|OAuth|OIDC|CKAN|DCAT|XML|Excel|WebAuthn|"
    r"QGIS|TileJSON|WKT|WGS|Web|Features|Schema|"
    r"CRL|RFC|PKCS|TLS|HTTP|HTTPS|ID|IP|Atom|Python|yiwang|Yiwang|NDJSON|TOTP|SQL|YAML|VIP|HTML|PC|A4|Ctrl|"
    r"Tab|Enter|Esc|km|am|pm|WCAG|W3C|SHACL|RDF|Turtle|JSON-LD|OGC|WMS|GIS|SM2|SM3|NFC|PIN|USB|localhost|https|gongjijin"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z'-]*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
#: What people in this city are called and wrote, and what is asked of the search.
_THEIRS = {
    "陈小明", "李承办", "李联系", "广州云山建材有限公司", "云山数据中心", "新建厂房", "平方米", "科学大道",
    "号", "政府",
}  # fmt: skip
_SPOKEN = ("aria-label", "title", "alt", "placeholder")
_UNREAD = {"script", "style", "template", "code", "kbd", "samp", "pre", "svg"}

_ERROR = {"zh": "有误：", "en": "Error: "}
_WRITTEN = {"text", "search", "email", "tel", "url", "number", "password", "date", "datetime-local", "time"}
#: Signs and digits alone: whatever repeats what was sent adds no words of any language.
HOSTILE = "<\"'>&\\{{9}}%s\t0;--" * 300


def foreign(page: Page, language: str) -> Iterator[str]:
    """What is said in the other language and doesn't say so."""
    for element in page.iter():
        if not isinstance(element.tag, str) or _is_apart(element, language):
            continue
        said = [element.get(name) or "" for name in _SPOKEN if element.get("type") != "file"]
        said += [element.text or "", *(child.tail or "" for child in element)]
        for words in said:
            yield from _wrong(words, language)


def _is_apart(element: Page, language: str) -> bool:
    """Unread, a code, or said to be in the other language."""
    for each in (element, *element.iterancestors()):
        lang = each.get("lang", "")
        if each.tag in _UNREAD or (each.tag != "html" and lang and not lang.startswith(language)):
            return True
    return False


def _wrong(words: str, language: str) -> Iterator[str]:
    if language == "en":
        yield from (each for each in _HAN.findall(words) if each not in _THEIRS)
        return
    plain = re.sub(r"\S+@\S+|https?://\S+|[\w./_-]*[_/.][\w./_-]*|\S*\d\S*", " ", words)
    yield from (each for each in _LATIN.findall(plain) if len(each) > 1 and not _SIGNS.fullmatch(each))


def misnamed(page: Page, language: str) -> Iterator[str]:
    """A page that tells of errors says so first in its title, and no other page does."""
    title = (page.findtext(".//title") or "").strip()
    told = page.find_class("govuk-error-summary") + page.find_class("govuk-error-message")
    is_told = any(each.get("hidden") is None for each in told)
    status = page.get("data-status", "200")
    if (is_told or status == "422") != title.startswith(_ERROR[language]):
        yield f"[{status}, title] {title}"


def patient() -> None:
    """A page that limits its statements does so for its transaction: here all pages share one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


def refused(client: Client, form: Page, address: str, *, written: str) -> Page | None:
    """The page that answers a form sent with ``written`` in every field to write in; nothing stays of it.

    Empty, nothing is chosen either; else the first of whatever is offered is.
    """
    cookies = copy.deepcopy(client.cookies)
    undone = transaction.atomic()
    undone._from_testcase = True  # as Django's own TestCase marks its own: commands may open theirs inside
    with undone:
        patient()
        answer = _sent(client, form, address, dict(_values(form, written)))
        transaction.set_rollback(True)
    client.cookies = cookies
    assert answer.status_code < 500, (
        f"{form.get('action') or address} with {written[:9]!r}: {answer.status_code}"
    )
    if "text/html" not in answer.headers.get("Content-Type", "") or not answer.content:
        return None
    page = html.document_fromstring(answer.content.decode())
    page.set("data-status", str(answer.status_code))
    return page


def _sent(client: Client, form: Page, address: str, values: dict[str, object]) -> HttpResponse:
    target = urljoin(address, form.get("action") or "")
    if form.get("method", "get").lower() == "post":
        return client.post(target, values, follow=True)
    return client.get(urlsplit(target).path, values, follow=True)


def _values(form: Page, written: str) -> Iterator[tuple[str, object]]:
    button = form.find(".//button[@name]")
    if button is not None:
        yield button.get("name"), button.get("value") or ""
    for field in form.xpath(".//input[@name]|.//select[@name]|.//textarea[@name]"):
        name, kind = field.get("name"), field.get("type", "text").lower()
        if kind == "hidden":
            yield name, field.get("value") or ""
        elif field.tag == "textarea" or (field.tag == "input" and kind in _WRITTEN):
            yield name, written
        elif written and kind == "file":
            yield name, SimpleUploadedFile("9.9", b"9")
        elif written and field.tag == "select":
            offered = [each.get("value") for each in field.iter("option") if each.get("value")]
            yield name, offered[0] if offered else ""
        elif written and kind in {"radio", "checkbox"}:
            yield name, field.get("value") or "on"
