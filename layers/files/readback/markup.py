"""XML without document types: no entities to expand, no addresses to follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.parsers import expat

from layers.files.readback.archives import opened
from layers.files.readback.faults import (
    MOST_BYTES,
    ForeignError,
    UnpackedTooLargeError,
)
from layers.files.readback.findings import WANTED, Findings, checked_findings

Begin = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]

_IN_DOCUMENT: Final = ("kml", "Document", "ExtendedData", "Data", "value")
_IN_PLACE: Final = ("Placemark", "ExtendedData", "Data", "value")
_DEEPEST: Final = 64
"""Elements within one another; ours are ten."""

_MOST_ELEMENTS: Final = 200_000
"""All counties with all that is said of them have some 50,000."""

_LONGEST_MARK: Final = 128 * 1024
"""Bytes of a start of an element with its attributes; ours take a hundred. Expat makes
a text of each attribute."""

_PIECE: Final = 32 * 1024


def parse(
    content: bytes,
    begin: Begin = lambda _name, _attributes: None,
    end: End = lambda _name: None,
    text: Callable[[str], None] = lambda _text: None,
) -> None:
    """Parse XML, names without their namespaces, and refuse a document type.

    Parameters
    ----------
    content : bytes
        The whole text of the file.
    begin : callable, optional
        Called at each opening tag, with name and attributes.
    end : callable, optional
        Called at each closing tag, with its name.
    text : callable, optional
        Called with each piece of text between.

    Raises
    ------
    ForeignError
        If there is a document type: no file of the atlas has one, and entities stand
        only there.
    xml.parsers.expat.ExpatError
        If it is no XML, or cut off.
    """

    def refuse(*_: Any) -> None:
        raise ForeignError("XML with a document type")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = elements = 0

    def begun(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > _DEEPEST or elements > _MOST_ELEMENTS:
            raise UnpackedTooLargeError("too many elements, or too deep")
        begin(name.rpartition(" ")[2], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(" ")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begun
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    # In pieces: what stands within one mark is not yet a text when it is too long.
    for at in range(0, len(content), _PIECE):
        parser.Parse(content[at : at + _PIECE], False)
        if at + _PIECE - parser.CurrentByteIndex > _LONGEST_MARK:
            raise UnpackedTooLargeError("a mark of an element")
    parser.Parse(b"", True)


class _Kml:
    """Collects what the document and its places say of themselves."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.adcodes: list[str] = []
        self._path: list[str] = []
        self._key = ""
        self._text: list[str] | None = None

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        if name == "Data":
            self._key = attributes.get("name", "")
        if self._is_wanted():
            self._text = []

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, _name: str) -> None:
        if self._text is not None:
            value = "".join(self._text)
            if self._key == "adcode":
                self.adcodes.append(value)
            else:
                self.texts[self._key] = value
            self._text = None
        self._path.pop()

    def _is_wanted(self) -> bool:
        path = tuple(self._path)
        if path == _IN_DOCUMENT:
            return self._key in WANTED
        return path[-len(_IN_PLACE) :] == _IN_PLACE and self._key == "adcode"


def read_kml(content: bytes, form: str = "kml") -> Findings:
    """Read a KML."""
    found = _Kml()
    parse(content, found.begin, found.end, found.text)
    sample = found.texts.get("selection")
    return checked_findings(form, found.texts, found.adcodes, sample)


def read_kmz(content: bytes) -> Findings:
    """Read a zipped KML."""
    with opened(content, MOST_BYTES) as archive:
        name = archive.first(".kml")
        if name is None:
            raise ForeignError("no KML inside")
        return read_kml(archive.read(name), "kmz")
