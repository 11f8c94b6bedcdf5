"""DCAT-AP_IT: the data set for the catalogues of public bodies, as Turtle and as RDF/XML."""

from collections.abc import Sequence
from urllib.parse import quote

from lxml import etree
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import XSD

from admin_scripts.open_data.about import THEMES, About
from admin_scripts.open_data.words import description_of, title_of
from admin_scripts.publication import Publication
from admin_scripts.wording import wording_for

DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
AUTHORITY = "http://publications.europa.eu/resource/authority/"
NEVER = URIRef(f"{AUTHORITY}frequency/NEVER")
"""How often it is renewed: a survey is over."""
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
ATTRIBUTION = URIRef("http://purl.org/adms/licencetype/Attribution")
FORMATS = {"csv": "CSV", "json": "JSON"}
LANGUAGES = {"it": "ITA", "en": "ENG", "de": "DEU", "fr": "FRA", "sl": "SLV", "es": "SPA"}


def graph_of(publication: Publication, about: About, files: Sequence[str]) -> Graph:
    """The data set, its distributions (one for each file), the rights holder, the contact and the licence."""
    graph = Graph()
    for prefix, namespace in (("dcatapit", DCATAPIT), ("dcat", DCAT), ("dct", DCTERMS), ("vcard", VCARD)):
        graph.bind(prefix, namespace)
    dataset, holder, contact = (URIRef(f"{about.access_url}#{part}") for part in ("dataset", "holder", "contact"))
    _describe(graph, dataset, publication, about)
    graph.add((dataset, DCTERMS.rightsHolder, holder))
    graph.add((dataset, DCTERMS.publisher, holder))
    _add_agent(graph, holder, about)
    graph.add((dataset, DCAT.contactPoint, contact))
    _add_contact(graph, contact, publication, about)
    for file in files:
        distribution = URIRef(f"{about.access_url}#{quote(file)}")
        graph.add((dataset, DCAT.distribution, distribution))
        _add_distribution(graph, distribution, file, publication, about)
    _add_licence(graph)
    return graph


def turtle_of(graph: Graph) -> bytes:
    """The same graph always as the same bytes."""
    return graph.serialize(format="turtle", encoding="utf-8")


def xml_of(graph: Graph) -> bytes:
    """RDF/XML, put in order, since its writer has none: the same graph always as the same bytes."""
    ordered = Graph(namespace_manager=graph.namespace_manager)
    for triple in sorted(graph, key=lambda triple: tuple(term.n3() for term in triple)):
        ordered.add(triple)
    written = etree.fromstring(ordered.serialize(format="xml", encoding="utf-8"))
    root = etree.Element(written.tag, nsmap=dict(sorted(written.nsmap.items())))
    root.extend(sorted(written, key=lambda described: tuple(described.attrib.values())))
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _describe(graph: Graph, dataset: URIRef, publication: Publication, about: About) -> None:
    for kind in (DCATAPIT.Dataset, DCAT.Dataset):
        graph.add((dataset, RDF.type, kind))
    graph.add((dataset, DCTERMS.identifier, Literal(about.identifier)))
    graph.add((dataset, DCTERMS.modified, Literal(about.modified.isoformat(), datatype=XSD.date)))
    graph.add((dataset, DCTERMS.accrualPeriodicity, NEVER))
    graph.add((dataset, DCAT.theme, URIRef(THEMES + about.theme)))
    for tag in ("it", "en"):
        wording = wording_for(tag)
        graph.add((dataset, DCTERMS.title, Literal(title_of(publication, wording), lang=tag)))
        graph.add((dataset, DCTERMS.description, Literal(description_of(publication, wording), lang=tag)))
    for tag in publication.languages:
        code = LANGUAGES.get(tag.partition("-")[0])
        if code:
            graph.add((dataset, DCTERMS.language, URIRef(f"{AUTHORITY}language/{code}")))


def _add_agent(graph: Graph, agent: URIRef, about: About) -> None:
    for kind in (DCATAPIT.Agent, FOAF.Agent):
        graph.add((agent, RDF.type, kind))
    graph.add((agent, DCTERMS.identifier, Literal(about.holder_id)))
    graph.add((agent, FOAF.name, Literal(about.holder)))


def _add_contact(graph: Graph, contact: URIRef, publication: Publication, about: About) -> None:
    for kind in (DCATAPIT.Organization, VCARD.Organization, VCARD.Kind):
        graph.add((contact, RDF.type, kind))
    graph.add((contact, VCARD.fn, Literal(about.holder)))
    if "@" in publication.contact and " " not in publication.contact.strip():
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{quote(publication.contact.strip(), safe='@')}")))


def _add_distribution(graph: Graph, node: URIRef, file: str, publication: Publication, about: About) -> None:
    for kind in (DCATAPIT.Distribution, DCAT.Distribution):
        graph.add((node, RDF.type, kind))
    ending = file.rpartition(".")[2]
    graph.add((node, DCTERMS.title, Literal(f"{title_of(publication, wording_for('it'))} – {file}", lang="it")))
    graph.add((node, DCAT.accessURL, URIRef(about.access_url)))
    graph.add((node, DCTERMS["license"], LICENCE))
    graph.add((node, DCTERMS["format"], URIRef(f"{AUTHORITY}file-type/{FORMATS[ending]}")))


def _add_licence(graph: Graph) -> None:
    for kind in (DCATAPIT.LicenseDocument, DCTERMS.LicenseDocument):
        graph.add((LICENCE, RDF.type, kind))
    graph.add((LICENCE, DCTERMS.type, ATTRIBUTION))
    graph.add((LICENCE, FOAF.name, Literal("Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)", lang="it")))
