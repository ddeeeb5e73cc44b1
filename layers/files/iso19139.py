"""The metadata of a file as ISO 19115 in XML (ISO 19139), for catalogues of offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

from geo.export.qgis_parts import xml_text
from geo.language import Language, speaker
from layers.files.metadata import citation

STANDARD: Final = "http://www.isotc211.org/2005/gmd"
"""Address of the standard: namespace, and name of a record in a GeoPackage."""

MEDIA_TYPE: Final = "text/xml"

_NAMESPACES: Final = {
    "gmd": STANDARD,
    "gco": "http://www.isotc211.org/2005/gco",
    "xlink": "http://www.w3.org/1999/xlink",
}
_CODES: Final = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#{list}"
_LANGUAGES: Final = {"zh": "zho", "en": "eng"}


def record(
    about: Mapping[str, Any], bounds: Sequence[float], language: Language
) -> str:
    """Write the record of a file.

    Parameters
    ----------
    about : mapping
        What :func:`layers.files.metadata.metadata` gave.
    bounds : sequence of float
        West, south, east, north in degrees.
    language : {"zh", "en"}
        Of the record.

    Returns
    -------
    str
        XML with its declaration, valid by the schema of 2007 (gmd).
    """
    root = ET.Element("gmd:MD_Metadata")
    for prefix, address in _NAMESPACES.items():
        root.set(f"xmlns:{prefix}", address)
    publisher = about["sources"][-1]["publisher"][language]
    _text(root, "fileIdentifier", f"{about['data_digest'][:16]}-{about['query']}")
    _code(root, "language", "LanguageCode", _LANGUAGES[language])
    _code(root, "characterSet", "MD_CharacterSetCode", "utf8")
    _code(root, "hierarchyLevel", "MD_ScopeCode", "dataset")
    _party(_add(root, "contact"), publisher, "publisher", about.get("link"))
    # The day on which the facts are as they are said, where no other was asked for.
    day = about.get("made_on") or about["data_date"] or about["boundary_vintage"]
    _add(root, "dateStamp/gco:Date", day)
    _text(root, "metadataStandardName", "ISO 19115:2003/19139")
    _text(root, "metadataStandardVersion", "1.0")
    system = _add(root, "referenceSystemInfo/MD_ReferenceSystem")
    identifier = _add(system, "referenceSystemIdentifier/RS_Identifier")
    _text(identifier, "code", about.get("crs") or "EPSG:4326, WGS 84")

    data = _add(root, "identificationInfo/MD_DataIdentification")
    citation = _add(data, "citation/CI_Citation")
    _text(citation, "title", about["title"][language])
    if about["data_date"]:
        _date(citation, about["data_date"], "revision")
    _date(citation, about["boundary_vintage"], "creation")
    sentences = [about["selection"][language], about["credit"][language]]
    sentences += [f"{s['id']} {s['title'][language]}" for s in about["sources"]]
    _text(data, "abstract", "\n".join(sentences))
    _text(data, "credit", about["credit"][language])
    _party(_add(data, "pointOfContact"), publisher, "pointOfContact", None)
    words = _add(data, "descriptiveKeywords/MD_Keywords")
    for word in about["keywords"][language]:
        _text(words, "keyword", word)
    _terms(data, about)
    _code(
        data, "spatialRepresentationType", "MD_SpatialRepresentationTypeCode", "vector"
    )
    _code(data, "language", "LanguageCode", _LANGUAGES[language])
    _add(data, "topicCategory/MD_TopicCategoryCode", "boundaries")
    _box(data, bounds)
    if about.get("link"):
        place = "distributionInfo/MD_Distribution/transferOptions"
        online = _add(root, f"{place}/MD_DigitalTransferOptions/onLine")
        _add(online, "CI_OnlineResource/linkage/URL", about["link"])
    _quality(root, about, language)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _terms(data: ET.Element, about: Mapping[str, Any]) -> None:
    legal = _add(data, "resourceConstraints/MD_LegalConstraints")
    _code(legal, "accessConstraints", "MD_RestrictionCode", "license")
    _code(legal, "useConstraints", "MD_RestrictionCode", "license")
    for subject, term in about["licence"].items():
        _text(legal, "otherConstraints", f"{subject}: {term}")


def _box(data: ET.Element, bounds: Sequence[float]) -> None:
    west, south, east, north = (f"{float(bound):.6f}" for bound in bounds)
    box = _add(data, "extent/EX_Extent/geographicElement/EX_GeographicBoundingBox")
    for name, value in (
        ("westBoundLongitude", west),
        ("eastBoundLongitude", east),
        ("southBoundLatitude", south),
        ("northBoundLatitude", north),
    ):
        _add(box, f"{name}/gco:Decimal", value)


def _quality(root: ET.Element, about: Mapping[str, Any], language: Language) -> None:
    """Say of what the file is made: the lineage."""
    quality = _add(root, "dataQualityInfo/DQ_DataQuality")
    scope = _add(quality, "scope/DQ_Scope")
    _code(scope, "level", "MD_ScopeCode", "dataset")
    lineage = _add(quality, "lineage/LI_Lineage")
    cited = [
        speaker(language).phrases(citation(source, language))
        for source in about["sources"]
    ]
    _text(lineage, "statement", "\n".join(cited))


def _party(parent: ET.Element, name: str, role: str, address: str | None) -> None:
    party = _add(parent, "CI_ResponsibleParty")
    _text(party, "organisationName", name)
    if address:
        place = _add(party, "contactInfo/CI_Contact/onlineResource")
        _add(place, "CI_OnlineResource/linkage/URL", address)
    _code(party, "role", "CI_RoleCode", role)


def _date(parent: ET.Element, day: str, kind: str) -> None:
    date = _add(parent, "date/CI_Date")
    _add(date, "date/gco:Date", day)
    _code(date, "dateType", "CI_DateTypeCode", kind)


def _text(parent: ET.Element, name: str, text: str) -> None:
    _add(parent, f"{name}/gco:CharacterString", text)


def _code(parent: ET.Element, name: str, listed: str, value: str) -> None:
    code = _add(parent, f"{name}/{listed}", value)
    code.set("codeList", _CODES.format(list=listed))
    code.set("codeListValue", value)


def _add(parent: ET.Element, path: str, text: str | None = None) -> ET.Element:
    """Add elements one in the other; a name without a prefix is the standard's."""
    element = parent
    for name in path.split("/"):
        element = ET.SubElement(element, name if ":" in name else f"gmd:{name}")
    if text is not None:
        element.text = xml_text(text)
    return element
