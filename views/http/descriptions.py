"""Answers that describe other answers: for catalogues, readers of CSV, and GIS."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from geo.export import csvw, format_of
from geo.export.document import Document
from geo.export.qgis_style import qgis_style
from geo.export.sld import sld
from geo.kept import kept_with_owner
from geo.language import LANGUAGES, N_, Language, speaker
from layers.edition.edition import Edition
from layers.facts.columns import ALL_COUNTIES
from layers.files import iso19139
from layers.files.export import Export, described
from layers.publish.catalogue import MEDIA_TYPE, dcat, schema_org
from layers.select.selection import Selection, members
from views.http.made import kept

CATALOGUE: Final = "catalog.jsonld"
"""Name under ``/layers`` of the catalogue for portals."""

_Maker = Callable[[Document, str], bytes]

_MAKERS: Final[Mapping[str, tuple[str, str, _Maker]]] = {
    "csv-metadata.json": (
        "csv",
        csvw.MEDIA_TYPE,
        lambda document, layer: csvw.write(document, f"{layer}.csv"),
    ),
    "iso.xml": (
        "gpkg",
        iso19139.MEDIA_TYPE,
        lambda document, _: document.metadata_records[iso19139.STANDARD][1].encode(),
    ),
    "qml": (
        "gpkg",
        "application/xml",
        lambda document, _: qgis_style(document).encode(),
    ),
    "sld": (
        "gpkg",
        "application/vnd.ogc.sld+xml",
        lambda document, _: sld(document).encode(),
    ),
}
"""By suffix: of which format's document, media type, and what makes it."""

SUFFIXES: Final = (*_MAKERS,)


@kept
def description(
    edition: Edition,
    programme: str | None,
    selection: Selection,
    suffix: str,
    language: Language,
    address: str,
) -> Export:
    """Describe the file of a layer.

    Parameters
    ----------
    suffix : str
        One of `SUFFIXES`.
    edition, programme, selection, language, address
        As for the file that is described.

    Raises
    ------
    geo.export.faults.EmptySelectionError
        If nothing is selected, and there is nothing to describe.
    """
    form, media_type, make = _MAKERS[suffix]
    document, name = described(
        edition.package,
        edition.counties("full"),
        selection,
        form=format_of(form),
        language=language,
        programme=programme,
        address=address,
    )
    return Export(
        content=make(document, programme or ALL_COUNTIES),
        media_type=media_type,
        file_name=f"{name}.{suffix}",
    )


def catalogue(edition: Edition, address: str, service: str) -> bytes:
    """Write the catalogue for portals: DCAT in JSON-LD.

    Parameters
    ----------
    edition : Edition
        The edition served.
    address : str
        Where the atlas is served.
    service : str
        Where its OGC API is served.
    """
    return _json(dcat(edition.package, _layers(edition), address, service))


def in_page(edition: Edition, address: str) -> str:
    """Write the layers for search engines, to stand in a page.

    It is data, not a script: no browser runs it. Nothing in it can end it.
    """
    text = _json(schema_org(edition.package, _layers(edition), address)).decode()
    safe = text.replace("<", "\\u003c").replace("&", "\\u0026")
    return f'<script type="{MEDIA_TYPE}">{safe}</script>'


@kept_with_owner
def _layers(edition: Edition) -> list[dict[str, Any]]:
    package, counties = edition.package, edition.counties()
    everything = {
        "id": ALL_COUNTIES,
        "name": {one: speaker(one)(N_("All counties of Hebei")) for one in LANGUAGES},
        "bbox": tuple(counties.total_bounds.round(6).tolist()),
    }
    everything["description"] = everything["name"]
    found = [everything]
    for programme in package.programmes.values():
        own = counties[members(counties, [programme.id])[:, 0]]
        bounds = (own if len(own) else counties).total_bounds
        found.append(
            {
                "id": programme.id,
                "name": {one: programme.name(one) for one in LANGUAGES},
                "description": {one: programme.definition(one) for one in LANGUAGES},
                "bbox": tuple(bounds.round(6).tolist()),
            }
        )
    return found


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, indent=1).encode()
