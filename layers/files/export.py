"""A selection as a file: which counties, by whose word, and what the file is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from geo import export as files
from geo.crs import WGS84
from geo.export.document import UNDATED, Document, OtherLayer
from geo.export.faults import (
    CrsRefusedError,
    EmptySelectionError,
    EncodingRefusedError,
    ExportError,
)
from geo.export.systems import CONFORMAL, called, fitting
from geo.export.zones import distortion
from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.files import iso19139
from layers.files.document import (
    NOT_SAID_COLOUR,
    PLAIN_COLOUR,
    ROW_TABLES,
    companions,
    described_columns,
    graded,
    notes,
    themes,
)
from layers.files.features import (
    BASE_PROPERTIES,
    EVIDENCE,
    feature_table,
    property_names,
    within,
)
from layers.files.headings import column_headings, table_names
from layers.files.marker import marker
from layers.files.metadata import BOUNDARY_SOURCE, metadata
from layers.select.selection import Selection
from layers.themes.themes import USUAL

__all__ = [
    "BASE_PROPERTIES",
    "BOUNDARY_SOURCE",
    "EVIDENCE",
    "CrsRefusedError",
    "EmptySelectionError",
    "Export",
    "ExportError",
    "export",
    "feature_table",
    "metadata",
    "property_names",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that is ready to be saved or sent.

    Attributes
    ----------
    content : bytes
        The file.
    media_type : str
        For the ``Content-Type`` of an answer.
    file_name : str
        Of ASCII letters, digits, ``_`` and ``.`` only.
    """

    content: bytes
    media_type: str
    file_name: str


def export(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    *,
    format: str = "geojson",  # noqa: A002 - the word that everybody uses for it
    detail: str = "full",
    crs: str = WGS84,
    language: Language = "zh",
    programme: str | None = None,
    made_on: date | None = None,
    address: str | None = None,
    theme: str = USUAL,
    wkt: bool = False,
    encoding: str = "",
    layers: tuple[OtherLayer, ...] = (),
) -> Export:
    """Write the counties of a selection as a file.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    counties : pandas.DataFrame
        The table of :func:`layers.facts.county_table.county_table`, of either detail.
    selection : Selection
        Which counties.
    format : str
        A key of :data:`geo.export.FORMATS`.
    detail : {"full", "overview"}
        Detail of the geometry.
    crs : str
        A key of :data:`geo.export.systems.SYSTEMS` or what people call such a system
        (``4548``, ``CGCS2000``), for formats that take one.
    language : {"zh", "en"}
        Of the names of prefectures and partners, of the details in ``evidence``, and
        of what the file says of itself to people.
    programme : str, optional
        Id of the programme that the file is about. It gives the title, and only its
        members are written; `selection` narrows them.
    made_on : datetime.date, optional
        Day to be written into the file. Without it the same facts and selection give
        the same bytes.
    address : str, optional
        Where an atlas runs that shows the selection, e.g. ``http://10.1.2.3:8501``;
        the file then has a link as well as the query.
    theme : str
        How the map is seen from which the file is taken, what
        :func:`layers.themes.themes.theme_of` knows: the link leads there, and the file
        says the classes that somebody chose.
    wkt : bool
        Whether a table has the geometry as well, as text in a column ``wkt``.
    encoding : str
        Of the text; one of the format's, the first of them if it is empty.
    layers : tuple of OtherLayer
        Further layers, which a format that holds several has as well; they are
        written in the coordinate system of the file.

    Returns
    -------
    Export
        The file with its media type and a name for it.

    Raises
    ------
    layers.select.rejected.SelectionError
        If `selection` or `programme` names something that does not exist.
    EmptySelectionError
        If no county is selected and the format could not say so.
    CrsRefusedError
        If there is no such coordinate system, or the format forbids it.
    geo.export.faults.ValueTooLongError
        If the format would cut a text.
    geo.export.faults.NotEncodableError
        If the encoding lacks a character.
    ValueError
        If there is no such format, detail or language.
    """
    form = files.format_of(format)
    crs = form.system(crs)
    if encoding and encoding not in form.encodings:
        raise EncodingRefusedError(form.id, encoding, form.encodings)
    document, named = described(
        package,
        counties,
        selection,
        form=form,
        detail=detail,
        crs=crs,
        language=language,
        programme=programme,
        made_on=made_on,
        address=address,
        theme=theme,
    )
    document = replace(
        document,
        wkt=wkt and form.kind == "table",
        encoding=encoding or form.encodings[0],
        layers=tuple(_in_the_same(layer, document, language) for layer in layers),
    )
    if layers:
        about = document.metadata
        document = replace(
            document,
            metadata={**about, "other_layers": [_told(one) for one in document.layers]},
        )
    return Export(
        content=form.writer(document),
        media_type=form.media_type,
        file_name=f"{named}{form.suffix}",
    )


def _in_the_same(
    layer: OtherLayer, document: Document, language: Language
) -> OtherLayer:
    """Return a further layer in the coordinate system of the file, which it says."""
    system = document.table.crs
    say = speaker(language)
    told = say(N_("written in {crs}"), crs=called(system))
    return replace(
        layer,
        description=say.clauses([layer.description, told]),
        table=layer.table.to_crs(system),
    )


def _told(layer: OtherLayer) -> dict[str, str]:
    """Say a further layer in the metadata of the file."""
    return {
        "name": layer.name,
        "title": layer.title,
        "description": layer.description,
        "crs": called(layer.table.crs),
    }


def described(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    *,
    form: files.Format,
    detail: str = "full",
    crs: str = WGS84,
    language: Language = "zh",
    programme: str | None = None,
    made_on: date | None = None,
    address: str | None = None,
    theme: str = USUAL,
) -> tuple[Document, str]:
    """Put together what a file of a format says, before it is written.

    Parameters
    ----------
    form : geo.export.Format
        For which format; `crs` is one of its systems.
    package, counties, selection, detail, crs, language, programme
        As for :func:`export`.
    made_on, address, theme
        Likewise.

    Returns
    -------
    Document
        The table and what travels with it.
    str
        Name of the file, without its suffix.
    """
    features = feature_table(
        package,
        counties,
        selection,
        detail=detail,
        language=language,
        programme=programme,
    )
    if features.empty and not form.handles_empty:
        others = (f.label for f in files.FORMATS.values() if f.handles_empty)
        raise EmptySelectionError(form.id, others)
    about = metadata(
        package,
        features,
        selection,
        count_total=len(counties),
        detail=detail,
        programme=programme,
        made_on=made_on,
        address=address,
        theme=theme,
    )
    bounds = features.total_bounds
    system = ""
    if form.takes_crs:
        target = fitting(features, crs)
        about["crs"] = called(target)
        if crs in CONFORMAL:
            error = distortion(features, target)
            about["distortion"] = {
                "greatest": round(error.greatest, 7),
                "meridians": [*error.meridians],
                "wide": error.is_wide,
            }
        features = features.to_crs(target)
        if crs != form.usual:
            code = target.to_epsg()
            system = f"_epsg{code}" if code else f"_{crs}"

    subject = programme or _subject(package, selection)
    generalised = "" if detail == "full" else f"_{detail}"
    document = Document(
        name=f"hebei_{subject}",
        title=about["title"][language],
        table=features,
        metadata=about,
        notes=notes(about, language),
        fields=described_columns(package),
        companions=companions(package, features, about, language),
        row_tables=ROW_TABLES,
        themes=themes(package, within(package, selection, programme), language),
        graded=graded(package, counties, theme, language),
        plain_colour=PLAIN_COLOUR,
        not_said_colour=NOT_SAID_COLOUR,
        name_column="name",
        mark=marker(about, features.index, language),
        headings=column_headings(language),
        sheet_names=table_names(language),
        metadata_records={
            iso19139.STANDARD: (
                iso19139.MEDIA_TYPE,
                iso19139.record(about, bounds, language),
            )
        }
        if len(features)
        else {},
        language=language,
        made_on=made_on or UNDATED,
    )
    return document, f"hebei_{subject}_{len(features)}{generalised}{system}"


def _subject(package: Package, selection: Selection) -> str:
    """Give a short word for a selection: its programme if it asks for just one."""
    if not selection:
        return "counties"
    shown = selection.shown(package)
    asked = [value for _, values in selection.asked() for value in values]
    return shown[0] if len(asked) == 1 and shown else "selection"
