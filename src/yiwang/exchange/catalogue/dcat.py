"""The catalogue in DCAT-AP 3: entries of the catalogue to RDF nodes.

DCAT-AP 3.0 (SEMIC, 2024) asks of a catalogue title, description, publisher and its data sets, of a data set
title and description, of a distribution an access address, of a service title and end point. GB/T 21063's
own words (sharing type, legal basis, information items) stand beside in the namespace ``yw``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.catalogue.items import Distribution, Item, ItemLine, Origin
from yiwang.exchange.catalogue.metadata import Category, Updated
from yiwang.exchange.contracts import Sharing
from yiwang.exchange.rules.rdf import Iri, Literal, Node, Value, words
from yiwang.kernel.text import Text

_EU = "http://publications.europa.eu/resource/authority"
_FREQUENCIES = {
    Updated.REAL_TIME: "UPDATE_CONT",
    Updated.DAILY: "DAILY",
    Updated.WEEKLY: "WEEKLY",
    Updated.MONTHLY: "MONTHLY",
    Updated.QUARTERLY: "QUARTERLY",
    Updated.YEARLY: "ANNUAL",
    Updated.IRREGULAR: "IRREG",
}
#: A resource shared without conditions between departments is still no public data set.
_RIGHTS = {
    Sharing.UNCONDITIONAL: "RESTRICTED",
    Sharing.CONDITIONAL: "RESTRICTED",
    Sharing.NOT_SHARED: "NON_PUBLIC",
}
_FILE_TYPES = {"JSON", "CSV", "XML", "XLSX", "PDF", "GEOJSON", "TXT", "HTML", "ZIP", "PARQUET"}


def iri_of(site: str, code: str) -> str:
    """The address of an entry: its page."""
    return f"{site}/catalogue/{code}/"


def catalogue_node(
    items: Sequence[Item], *, site: str, title: Text, summary: Text, publisher: Text, changed_at: datetime
) -> Node:
    """The catalogue with its data sets."""
    home = f"{site}/catalogue/"
    services = tuple(
        _service(item, way, site=site) for item in items for way in item.distributions if way.is_service
    )
    return Node(
        home,
        ("dcat:Catalog",),
        (
            ("dct:title", words(title)),
            ("dct:description", words(summary)),
            ("dct:publisher", (_agent(f"{home}#publisher", publisher),)),
            ("dct:language", _languages()),
            ("dct:modified", (_moment(changed_at),)),
            ("foaf:homepage", (Iri(home),)),
            ("dcat:themeTaxonomy", (_taxonomy(home),)),
            ("dcat:dataset", tuple(dataset_node(item, site=site) for item in items)),
            ("dcat:service", services),
        ),
    )


def dataset_node(item: Item, *, site: str) -> Node:
    """One entry as a data set with its distributions."""
    iri = iri_of(site, item.code)
    rights = "PUBLIC" if item.origin is not Origin.RESOURCE else _RIGHTS[item.sharing or Sharing.NOT_SHARED]
    category = (Iri(_theme(site, item.category)),) if item.category else ()
    updated = (Iri(f"{_EU}/frequency/{_FREQUENCIES[item.updated]}"),) if item.updated else ()
    related: tuple[Value, ...] = tuple(Iri(iri_of(site, code)) for code in item.related)
    return Node(
        iri,
        ("dcat:Dataset",),
        (
            ("dct:title", words(item.title)),
            ("dct:description", words(item.summary)),
            ("dct:identifier", (Literal(item.identifier or item.code),)),
            ("dct:publisher", (_agent(f"{iri}#publisher", item.publisher),)),
            ("dcat:contactPoint", (_contact(iri, item.publisher),)),
            ("dcat:theme", category),
            ("dcat:keyword", tuple(literal for word in item.keywords for literal in words(word))),
            ("dct:accrualPeriodicity", updated),
            ("dct:accessRights", (Iri(f"{_EU}/access-right/{rights}"),)),
            ("dct:issued", (_moment(item.issued_at),) if item.issued_at else ()),
            ("dct:modified", (_moment(item.changed_at),)),
            ("dct:language", _languages()),
            ("dcat:landingPage", (Iri(iri),)),
            ("dct:relation", related),
            ("dcat:distribution", tuple(_distribution(item, way, site=site) for way in item.distributions)),
            ("yw:sharing", (Literal(item.sharing.value),) if item.sharing else ()),
            ("yw:legalBasis", words(item.legal_basis)),
            ("yw:conditions", words(item.conditions)),
            ("yw:item", tuple(_line(iri, line) for line in item.lines)),
            *_provenance(item),
        ),
    )


def _provenance(item: Item) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    if item.provenance is None:
        return ()
    read: tuple[Value, ...] = (_moment(item.provenance.read_at),)
    origin: tuple[Value, ...] = (Iri(item.provenance.address),) if item.provenance.address else ()
    return (("yw:harvestedAt", read), ("prov:wasDerivedFrom", origin))


def _distribution(item: Item, way: Distribution, *, site: str) -> Node:
    iri = f"{iri_of(site, item.code)}#{way.key}"
    address = absolute(site, way.address)
    kind = way.format.upper()
    licence: tuple[Value, ...] = ()
    if way.licence:
        is_address = way.licence.startswith(("http://", "https://"))
        licence = (Iri(way.licence),) if is_address else ()
    return Node(
        iri,
        ("dcat:Distribution",),
        (
            ("dct:title", words(way.title)),
            ("dcat:accessURL", (Iri(address),)),
            ("dcat:downloadURL", () if way.is_service else (Iri(address),)),
            ("dct:format", (Iri(f"{_EU}/file-type/{kind}"),) if kind in _FILE_TYPES else ()),
            ("dcat:mediaType", _media_type(way)),
            ("dcat:byteSize", (Literal(str(way.size), "xsd:nonNegativeInteger"),) if way.size else ()),
            ("dct:license", licence),
            ("dcat:accessService", (Iri(f"{iri}-service"),) if way.is_service else ()),
        ),
    )


def _media_type(way: Distribution) -> tuple[Value, ...]:
    if not way.media_type:
        return ()
    return (Iri(f"https://www.iana.org/assignments/media-types/{way.media_type}"),)


def _service(item: Item, way: Distribution, *, site: str) -> Node:
    iri = iri_of(site, item.code)
    address = absolute(site, way.address)
    title = Text(f"{item.title.zh}：{way.title.zh}", f"{item.title.en}: {way.title.en}")
    return Node(
        f"{iri}#{way.key}-service",
        ("dcat:DataService",),
        (
            ("dct:title", words(title)),
            ("dct:publisher", (Iri(f"{iri}#publisher"),)),
            ("dcat:endpointURL", (Iri(address),)),
            ("dcat:endpointDescription", (Iri(absolute(site, way.description)),)),
            ("dcat:servesDataset", (Iri(iri),)),
        ),
    )


def absolute(site: str, address: str) -> str:
    """An address as the world knows it; paths are ours."""
    return f"{site}{address}" if address.startswith("/") else address


def _agent(iri: str, name: Text) -> Node:
    return Node(iri, ("foaf:Agent",), (("foaf:name", words(name)),))


def _contact(iri: str, name: Text) -> Node:
    said: tuple[tuple[str, tuple[Value, ...]], ...] = (
        ("vcard:fn", words(name)),
        ("vcard:hasURL", (Iri(iri),)),
    )
    return Node(f"{iri}#contact", ("vcard:Organization",), said)


def _line(iri: str, line: ItemLine) -> Node:
    return Node(
        f"{iri}#item-{line.name}",
        ("yw:Item",),
        (
            ("dct:identifier", (Literal(line.name),)),
            ("dct:title", words(line.title)),
            ("yw:datatype", (Iri(f"http://www.w3.org/2001/XMLSchema#{line.xsd}"),)),
            ("yw:length", (Literal(str(line.length), "xsd:integer"),) if line.length else ()),
            ("yw:isPersonal", (Literal("true" if line.secrecy.is_personal else "false", "xsd:boolean"),)),
        ),
    )


def _theme(site: str, category: Category) -> str:
    return f"{site}/catalogue/#category-{category.value}"


def _taxonomy(home: str) -> Node:
    scheme = f"{home}#categories"
    title = Text("政务信息资源目录分类", "Categories of government information")
    concepts = tuple(
        Node(
            f"{home}#category-{category.value}",
            ("skos:Concept",),
            (
                ("skos:prefLabel", words(category.words)),
                ("skos:notation", (Literal(category.value),)),
                ("skos:inScheme", (Iri(scheme),)),
            ),
        )
        for category in Category
    )
    return Node(
        scheme, ("skos:ConceptScheme",), (("dct:title", words(title)), ("skos:hasTopConcept", concepts))
    )


def _languages() -> tuple[Value, ...]:
    return (Iri(f"{_EU}/language/ZHO"), Iri(f"{_EU}/language/ENG"))


def _moment(at: datetime) -> Literal:
    return Literal(at.isoformat(), "xsd:dateTime")
