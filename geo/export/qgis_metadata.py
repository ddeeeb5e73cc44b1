"""What QGIS shows of a layer in its properties: title, terms, keywords (QMD)."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from geo.export.document import Document
from geo.export.qgis_parts import xml_text

STANDARD: Final = "http://mrcc.com/qgis.dtd"
"""By this address QGIS finds its own among the metadata of a GeoPackage."""


def qgis_metadata(document: Document) -> str:
    """Return the metadata of a document's layer as QGIS writes them itself.

    Parameters
    ----------
    document : Document
        Its metadata may hold ``licence`` (terms by subject), ``credit`` (by language),
        ``keywords``, ``link`` and ``sources`` (each with title and url).
    """
    told, language = document.metadata, document.language
    root = ET.Element("qgis", version="3.22.0")
    for name, text in {
        "identifier": document.name,
        "parentidentifier": "",
        "language": "ZHO" if language == "zh" else "ENG",
        "type": "dataset",
        "title": document.title,
        "abstract": document.about_text(),
    }.items():
        _add(root, name, text)
    words = told.get("keywords", {}).get(language, ())
    if words:
        keywords = _add(root, "keywords")
        keywords.set("vocabulary", "gmd:topicCategory")
        for word in words:
            _add(keywords, "keyword", word)
    links = [(str(told["link"]), document.title)] if told.get("link") else []
    links += [
        (source["url"], source["title"][language])
        for source in told.get("sources", ())
        if source.get("url")
    ]
    _add(root, "fees")
    credit = told.get("credit", {}).get(language)
    if credit:
        _add(root, "rights", credit)
    for term in dict(told.get("licence", {})).values():
        _add(root, "license", str(term))
    listed = _add(root, "links")
    for address, title in links:
        ET.SubElement(
            listed,
            "link",
            name=xml_text(title),
            type="WWW:LINK",
            url=xml_text(address),
            description="",
            format="",
            mimeType="",
            size="",
        )
    text = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = xml_text(text)
    return element
