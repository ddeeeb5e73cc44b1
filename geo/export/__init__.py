"""Files of a table of places, one writer a format behind one call.

A format more is a module with a function ``write(document) -> bytes`` and a row in
`FORMATS`. A writer whose library is slow to import does so when it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import geopandas as gpd

from geo.crs import WGS84
from geo.export import (
    csv_table,
    dxf,
    flatgeobuf,
    geojson,
    geopackage,
    geoparquet,
    gml,
    kml,
    shapefile,
    topojson,
    xlsx,
)
from geo.export.document import Document, Note, as_text
from geo.export.faults import CrsRefusedError
from geo.export.systems import GAUSS_KRUGER, IN_METRES, REGISTERED, SYSTEMS, system_id
from geo.language import N_, Language, speaker

Writer = Callable[[Document], bytes]
"""Takes what is to be written, gives the file."""

Kind = Literal["vector", "table"]
"""With geometry, or without."""

_ANY_SYSTEM: Final = tuple(SYSTEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What can be known of a format before anything is written.

    Attributes
    ----------
    id : str
        Name in calls and addresses.
    title : str
        Message id of what it is called and, after a comma, good for.
    media_type : str
        For the ``Content-Type`` of an answer.
    suffix : str
        End of a file name, with its dot.
    kind : {"vector", "table"}
        Whether it has geometry.
    systems : tuple of str
        Keys of :data:`geo.export.systems.SYSTEMS` that a file may be in; none for a
        table.
    usual : str
        The system when nothing is said.
    handles_empty : bool
        Whether a file without places says that it is one, instead of opening as an
        empty picture.
    writer : callable
        Makes the file.
    """

    id: str
    title: str
    media_type: str
    suffix: str
    kind: Kind = "vector"
    systems: tuple[str, ...] = (WGS84,)
    usual: str = WGS84
    handles_empty: bool = False
    encodings: tuple[str, ...] = ("utf-8",)
    writer: Writer = field(repr=False)

    @property
    def takes_crs(self) -> bool:
        """Whether a file may be in another coordinate system than WGS 84."""
        return len(self.systems) > 1

    @property
    def label(self) -> str:
        """What it is called, alike in both languages."""
        return self.title.partition(",")[0]

    def name(self, language: Language) -> str:
        """Return what the format is called and good for, in one language."""
        return speaker(language)(self.title)

    def system(self, crs: str) -> str:
        """Return the coordinate system of a file, or refuse one it cannot be in.

        Parameters
        ----------
        crs : str
            A key of :data:`geo.export.systems.SYSTEMS`, or what people call such a
            system. EPSG:4326 is what is meant when nothing is said.

        Returns
        -------
        str
            A key of `SYSTEMS`; for a table EPSG:4326.

        Raises
        ------
        CrsRefusedError
            If there is no such system, or the format forbids it.
        """
        known = system_id(crs)
        if known == WGS84:
            return self.usual
        if known in self.systems:
            return known
        if self.kind == "table":
            raise CrsRefusedError.without_places(self.id, crs)
        others = (form.label for form in FORMATS.values() if known in form.systems)
        if self.takes_crs and known in IN_METRES:
            raise CrsRefusedError.unregistered(self.id, crs, others)
        if self.takes_crs:
            raise CrsRefusedError.in_degrees(self.id, crs, others)
        raise CrsRefusedError.forbidden(self.id, crs, others)


FORMATS: Final[Mapping[str, Format]] = {
    form.id: form
    for form in (
        Format(
            id="geojson",
            title=N_("GeoJSON, for web maps and programs"),
            media_type="application/geo+json",
            suffix=".geojson",
            handles_empty=True,
            writer=lambda document: geojson.write(document.table, document.metadata),
        ),
        Format(
            id="topojson",
            title=N_("TopoJSON, smaller, shared lines once"),
            media_type="application/json",
            suffix=".topojson",
            handles_empty=True,
            writer=topojson.write,
        ),
        Format(
            id="gpkg",
            title=N_("GeoPackage, for QGIS, with tables and style"),
            media_type="application/geopackage+sqlite3",
            suffix=".gpkg",
            systems=_ANY_SYSTEM,
            writer=geopackage.write,
        ),
        Format(
            id="shapefile",
            title=N_("Shapefile, zipped, for older programs"),
            media_type="application/zip",
            suffix=".shp.zip",
            systems=_ANY_SYSTEM,
            encodings=("utf-8", "gbk"),
            writer=shapefile.write,
        ),
        Format(
            id="kml",
            title=N_("KML, for Google Earth"),
            media_type="application/vnd.google-earth.kml+xml",
            suffix=".kml",
            writer=kml.write,
        ),
        Format(
            id="kmz",
            title=N_("KMZ, a zipped KML"),
            media_type="application/vnd.google-earth.kmz",
            suffix=".kmz",
            writer=kml.write_kmz,
        ),
        Format(
            id="flatgeobuf",
            title=N_("FlatGeobuf, for programs that read a stream"),
            media_type="application/flatgeobuf",
            suffix=".fgb",
            systems=_ANY_SYSTEM,
            writer=flatgeobuf.write,
        ),
        Format(
            id="geoparquet",
            title=N_("GeoParquet, for analysis by columns"),
            media_type="application/vnd.apache.parquet",
            suffix=".parquet",
            systems=_ANY_SYSTEM,
            writer=geoparquet.write,
        ),
        Format(
            id="gml",
            title=N_("GML, zipped, for exchange by the standard"),
            media_type="application/zip",
            suffix=".gml.zip",
            systems=REGISTERED,
            writer=gml.write,
        ),
        Format(
            id="dxf",
            title=N_("DXF, lines and names in metres, for CAD"),
            media_type="image/vnd.dxf",
            suffix=".dxf",
            systems=IN_METRES,
            usual=GAUSS_KRUGER,
            writer=dxf.write,
        ),
        Format(
            id="csv",
            title=N_("CSV, a table for any program"),
            media_type="text/csv; charset=utf-8",
            suffix=".csv",
            kind="table",
            systems=(),
            handles_empty=True,
            writer=csv_table.write,
        ),
        Format(
            id="xlsx",
            title=N_("XLSX, an Excel workbook with dictionary and sources"),
            media_type=(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            ),
            suffix=".xlsx",
            kind="table",
            systems=(),
            handles_empty=True,
            writer=xlsx.write,
        ),
    )
}
"""Every format by its id, in the order in which to offer them."""


ENCODINGS: Final = tuple(
    dict.fromkeys(name for form in FORMATS.values() for name in form.encodings)
)
"""Of the text of a file; the first is the usual one."""


def format_of(name: str) -> Format:
    """Give the format of a name.

    Parameters
    ----------
    name : str
        A key of `FORMATS`.

    Returns
    -------
    Format
        Its description and writer.

    Raises
    ------
    ValueError
        If there is no such format; the message names those that exist.

    Examples
    --------
    >>> format_of("geojson").media_type
    'application/geo+json'
    """
    if name not in FORMATS:
        raise ValueError(
            f"no format {name!r} to export to: choose one of {', '.join(FORMATS)}"
        )
    return FORMATS[name]


def write(
    table: gpd.GeoDataFrame,
    format: str,  # noqa: A002 - the word that everybody uses for it
    metadata: Mapping[str, Any],
) -> bytes:
    """Write a table as a file of one format, with nothing beside it but metadata.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        One place a row, in a known CRS; its index holds the identifiers.
    format : str
        A key of `FORMATS`.
    metadata : mapping of str to Any
        What is to be said of the table as a whole: text, numbers, lists, mappings.

    Returns
    -------
    bytes
        The file. The same input gives the same bytes.

    Raises
    ------
    ValueError
        If there is no such format, or the format cannot hold the geometries.
    TypeError
        If the format cannot hold a value; the message names its column.
    """
    notes = [
        Note(key=str(key), label=str(key), text=as_text(value) or "")
        for key, value in metadata.items()
    ]
    document = Document(
        name="places",
        title=str(metadata.get("title") or "places"),
        table=table,
        metadata=metadata,
        notes=tuple(notes),
    )
    return format_of(format).writer(document)
