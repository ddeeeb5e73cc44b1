"""A PDF as readers, catalogues and GIS expect it: language, metadata, place, labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

import shapely
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyproj import Transformer

from geo.crs import EQUAL_AREA, WGS84
from geo.export.systems import equal_area
from layers.sheet.projection import MapFrame
from layers.sheet.told import CREATOR, Told

POINTS_PER_MM: Final = 72 / 25.4

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>\
</dc:description>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{credit}</rdf:li></rdf:Alt>\
</dc:rights>
<dc:language><rdf:Bag><rdf:li>{tag}</rdf:li></rdf:Bag></dc:language>
<dc:subject><rdf:Bag>{keywords}</rdf:Bag></dc:subject>
<dc:identifier>{mark}</dc:identifier>
<pdf:Keywords>{listed}</pdf:Keywords>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmpRights:Marked>True</xmpRights:Marked>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""


def describe(writer: PdfWriter, told: Told) -> None:
    """Write title, language, author, keywords and XMP into a document.

    Parameters
    ----------
    writer : pypdf.PdfWriter
        The document; changed in place.
    told : Told
        What it says of itself.
    """
    catalogue = writer.root_object
    catalogue[NameObject("/Lang")] = TextStringObject(told.tag)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    catalogue[NameObject("/ViewerPreferences")] = shown
    listed = ", ".join(told.keywords)
    writer.add_metadata(
        {
            "/Title": told.title,
            "/Author": told.author,
            "/Subject": told.subject,
            "/Keywords": listed,
            "/Creator": CREATOR,
        }
    )
    text = _XMP.format(
        title=escape(told.title),
        author=escape(told.author),
        subject=escape(told.subject),
        credit=escape(told.credit),
        keywords="".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in told.keywords),
        listed=escape(listed),
        tag=told.tag,
        mark=escape(told.mark),
        creator=CREATOR,
    )
    packet = StreamObject()
    packet[NameObject("/Type")] = NameObject("/Metadata")
    packet[NameObject("/Subtype")] = NameObject("/XML")
    # Not compressed: programs look for it without reading the document.
    packet.set_data(text.encode())
    catalogue[NameObject("/Metadata")] = writer._add_object(packet)


def label_pages(writer: PdfWriter, starts: Mapping[int, str]) -> None:
    """Label the pages as they are numbered in print.

    Parameters
    ----------
    writer : pypdf.PdfWriter
        The document; changed in place.
    starts : mapping of int to str
        What the pages from one on are called, by its index from 0; without a word
        they have their number.
    """
    listed = ArrayObject()
    for index, prefix in sorted(starts.items()):
        label = DictionaryObject()
        if prefix:
            label[NameObject("/P")] = TextStringObject(prefix)
        else:
            label[NameObject("/S")] = NameObject("/D")
            label[NameObject("/St")] = NumberObject(index + 1)
        listed += [NumberObject(index), label]
    labels = DictionaryObject({NameObject("/Nums"): listed})
    writer.root_object[NameObject("/PageLabels")] = labels


def place(writer: PdfWriter, page: int, frame: MapFrame) -> None:
    """Say where on the earth the map of a page is (ISO 32000-2, 12.9).

    Parameters
    ----------
    writer : pypdf.PdfWriter
        The document; changed in place.
    page : int
        Index of the page, from 0.
    frame : MapFrame
        The map on it, in the equal-area system of the sheets.
    """
    box = frame.box
    corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
    west, south, east, north = frame.bounds
    on_ground = [
        (west + (east - west) * x, south + (north - south) * y) for x, y in corners
    ]
    to_degrees = Transformer.from_crs(EQUAL_AREA, WGS84, always_xy=True)
    degrees = shapely.transform(
        shapely.points(on_ground), to_degrees.transform, interleaved=False
    )
    geographic = [
        coordinate
        for lon, lat in shapely.get_coordinates(degrees)
        for coordinate in (lat, lon)
    ]
    system = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/PROJCS"),
            NameObject("/WKT"): TextStringObject(equal_area().to_wkt("WKT1_ESRI")),
        }
    )
    square = _numbers([edge for corner in corners for edge in corner])
    measure = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Measure"),
            NameObject("/Subtype"): NameObject("/GEO"),
            NameObject("/Bounds"): square,
            NameObject("/GPTS"): _numbers(geographic),
            NameObject("/LPTS"): square,
            NameObject("/GCS"): writer._add_object(system),
        }
    )
    edges = (box.left, box.bottom, box.right, box.top)
    viewport = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Viewport"),
            NameObject("/Name"): TextStringObject("map"),
            NameObject("/BBox"): _numbers([POINTS_PER_MM * edge for edge in edges]),
            NameObject("/Measure"): writer._add_object(measure),
        }
    )
    writer.pages[page][NameObject("/VP")] = ArrayObject([writer._add_object(viewport)])


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject(FloatObject(round(float(value), 9)) for value in values)
